package voiptui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Finds a process of this machine by the TCP port that it listens on: from Linux's {@code /proc} (proc_net(5)). */
public final class LocalProcess {

    private static final String LISTENING = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private LocalProcess() {}

    /** Returns the id of the process that listens on a port; empty: there is none, or it belongs to somebody else. */
    public static OptionalLong listeningOn(int port) {
        return listeningOn(Path.of("/proc"), port);
    }

    static OptionalLong listeningOn(Path proc, int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            try (Stream<String> lines = Files.lines(proc.resolve(table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields.length > INODE
                                && fields[STATE].equals(LISTENING)
                                && fields[ADDRESS].endsWith(String.format(Locale.ROOT, ":%04X", port)))
                        .forEach(fields -> sockets.add("socket:[" + fields[INODE] + "]"));
            } catch (IOException notThisSystem) {
                // the process stays unknown
            }
        }
        try (Stream<Path> processes = Files.list(proc)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d{1,18}"))
                    .filter(process -> hasOneOf(process, sockets))
                    .mapToLong(process -> Long.parseLong(process.getFileName().toString()))
                    .findFirst();
        } catch (IOException notThisSystem) {
            return OptionalLong.empty();
        }
    }

    private static boolean hasOneOf(Path process, Set<String> sockets) {
        if (sockets.isEmpty()) {
            return false;
        }
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(targetOf(descriptor)));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static String targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
