package voiptui.relay.ops;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import voiptui.identity.FileProblem;

/** Asks the relay that runs with a state directory to do something. Blocks, for some seconds at most; any thread. */
public final class OpsClient {

    /** Ten thousand names take about 1.5 MB. */
    private static final int MAX_REPLY_BYTES = 16 * 1024 * 1024;

    private static final int WAIT_MS = 15_000;

    private OpsClient() {}

    /**
     * Sends a request and returns the reply; empty if no relay runs.
     *
     * @param stateDir the relay's state directory
     * @param words the request, as {@link OperatorCommands} knows it; words without spaces
     * @throws IOException if there is a relay that cannot be asked; the message is for the operator
     */
    public static Optional<OpsReply> ask(Path stateDir, List<String> words) throws IOException {
        Path socket = SocketPath.of(stateDir).toAbsolutePath();
        if (!exists(socket)) {
            return Optional.empty();
        }
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            TimedChannel channel = new TimedChannel(connection, WAIT_MS);
            channel.write(String.join(" ", words) + "\n");
            return Optional.of(OpsReply.parse(channel.readAll(MAX_REPLY_BYTES)));
        } catch (ConnectException nobodyListens) {
            // A relay that was killed has left its socket behind.
            return Optional.empty();
        } catch (SocketException refused) {
            throw Files.isWritable(socket)
                    ? refused
                    : FileProblem.of("use", socket, new AccessDeniedException(socket.toString()));
        }
    }

    /** Throws if this cannot be known, because a directory is another user's. */
    private static boolean exists(Path socket) throws IOException {
        try {
            Files.readAttributes(socket, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException hidden) {
            throw FileProblem.of("use", socket, hidden);
        }
    }
}
