package voiptui.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * An {@code ssh} for {@code PATH} that needs no server: {@code -W HOST:PORT} connects to that port of this machine, {@code -G}
 * names a host that takes no UDP. It notes how it was called.
 */
public final class FakeSsh {

    private static final String UNREACHABLE = "127.0.0.99";

    private final Path folder;

    private FakeSsh(Path folder) {
        this.folder = folder;
    }

    /** Makes one that lets everybody in, in {@code folder}. */
    public static FakeSsh in(Path folder) throws IOException {
        return make(folder, "");
    }

    /** Makes one that asks on the terminal for a password, unless it must not ask: then it fails as ssh does. */
    public static FakeSsh withPassword(Path folder, String password) throws IOException {
        return make(folder, """
                case " $* " in *" BatchMode=yes "*)
                    echo 'dora@relay: Permission denied (publickey,password).' >&2
                    exit 255 ;;
                esac
                printf "dora@relay's password: " >/dev/tty
                read -r password </dev/tty
                [ "$password" = '%s' ] || exit 255
                """.formatted(password));
    }

    private static FakeSsh make(Path folder, String signIn) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Path.of(System.getProperty("voiptui.basedir", "."), "target", "test-classes")
                .toAbsolutePath()
                .toString();
        Path script = folder.resolve("ssh");
        Files.writeString(script, """
                #!/bin/sh
                case " $* " in *" -G "*) echo "hostname %s"; exit 0 ;; esac
                echo "$$ $*" >>'%s'
                %s
                while [ "$1" != -W ]; do shift; done
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx16m -cp '%s' %s "$2"
                """.formatted(
                        UNREACHABLE, folder.resolve("calls"), signIn, java, classes, PortPipe.class.getName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return new FakeSsh(folder);
    }

    /** The environment in which programs find it. */
    public Map<String, String> environment() {
        return Map.of("PATH", folder + ":" + System.getenv("PATH"));
    }

    /** How it was called so far: the number of the process, then its arguments. */
    public List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** The process of the last call. */
    public ProcessHandle last() throws IOException {
        List<String> calls = calls();
        String pid = calls.get(calls.size() - 1).split(" ")[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
