package voiptui.relay.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientName;
import voiptui.relay.directory.Directory;
import voiptui.relay.directory.DirectoryFiles;
import voiptui.relay.registrar.Drain;
import voiptui.relay.registrar.SessionHandler;

/**
 * Carries out what the operator asks of the running relay. A request is a line of words: {@code status}, {@code names}, {@code allow
 * FINGERPRINT NAME}, {@code remove NAME}, {@code block WHO}, {@code unblock WHO}, {@code kick NAME}, {@code reload},
 * {@code drain MILLISECONDS TO}, where TO is a relay or {@code -}.
 *
 * <p>Called on the thread of {@link OpsServer}; names and sessions are touched on the control thread only.
 */
public final class OperatorCommands {

    private static final long MS_PER_S = 1_000;

    private final Directory directory;
    private final SessionHandler sessions;
    private final Supplier<List<RelayEvent.RelayStatus>> relays;
    private final Executor control;
    private final Predicate<Drain> drain;

    /**
     * Creates the commands.
     *
     * @param relays the other relays of the cluster; called by the control thread
     * @param control the control thread
     * @param drain begins to stop the relay; returns false if it has begun already
     */
    public OperatorCommands(
            Directory directory,
            SessionHandler sessions,
            Supplier<List<RelayEvent.RelayStatus>> relays,
            Executor control,
            Predicate<Drain> drain) {
        this.relays = relays;
        this.directory = directory;
        this.sessions = sessions;
        this.control = control;
        this.drain = drain;
    }

    /** Starts to carry out a request; the reply comes when it is in force. */
    CompletableFuture<OpsReply> carryOut(String request) {
        List<String> words = List.of(request.strip().split("\\s+"));
        String verb = words.get(0) + "/" + (words.size() - 1);
        return switch (verb) {
            case "names/0" -> onControl(() -> OpsReply.of(names()));
            case "status/0" -> onControl(() -> OpsReply.of(status()));
            case "reload/0" -> directory.reload().thenApply(done -> OpsReply.done(1));
            case "allow/2" -> allow(words.get(1), words.get(2));
            case "remove/1" ->
                ClientName.parse(words.get(1))
                        .map(name -> directory.remove(name).thenApply(OperatorCommands::reply))
                        .orElseGet(OperatorCommands::malformed);
            case "block/1" -> onBlocks(words.get(1), directory::block);
            case "unblock/1" -> onBlocks(words.get(1), directory::unblock);
            case "drain/2" -> drain(words.get(1), words.get(2));
            case "kick/1" -> onControl(() -> OpsReply.done(sessions.expel(words.get(1))));
            default ->
                CompletableFuture.completedFuture(
                        OpsReply.failed("the running relay does not know this command: its version differs"));
        };
    }

    private static OpsReply reply(boolean changed) {
        return OpsReply.done(changed ? 1 : 0);
    }

    private static CompletableFuture<OpsReply> malformed() {
        return CompletableFuture.completedFuture(OpsReply.failed("malformed request"));
    }

    private CompletableFuture<OpsReply> allow(String fingerprint, String name) {
        Optional<Fingerprint> whose = Fingerprint.parse(fingerprint);
        Optional<String> called = ClientName.parse(name);
        if (whose.isEmpty() || called.isEmpty()) {
            return malformed();
        }
        return directory.allow(called.get(), whose.get()).thenApply(outcome -> OpsReply.of(List.of(outcome.name())));
    }

    private static CompletableFuture<OpsReply> onBlocks(
            String who, Function<String, CompletableFuture<Boolean>> change) {
        return DirectoryFiles.blockEntry(who)
                .map(entry -> change.apply(entry).thenApply(OperatorCommands::reply))
                .orElseGet(OperatorCommands::malformed);
    }

    private CompletableFuture<OpsReply> drain(String withinMs, String to) {
        if (!withinMs.matches("[0-9]{1,9}")) {
            return malformed();
        }
        Drain how = new Drain(to.equals(Drain.NOWHERE) ? null : to, Long.parseLong(withinMs));
        return CompletableFuture.completedFuture(reply(drain.test(how)));
    }

    private CompletableFuture<OpsReply> onControl(Supplier<OpsReply> task) {
        return CompletableFuture.supplyAsync(task, control);
    }

    private List<String> status() {
        List<String> lines = new ArrayList<>();
        lines.add((sessions.isDraining() ? "draining" : "serving") + ", " + sessions.size() + " clients of v2");
        for (RelayEvent.RelayStatus other : relays.get()) {
            lines.add("relay " + other.relay() + " " + (other.reachable() ? "reachable" : "lost") + " for "
                    + other.sinceMs() / MS_PER_S + " s, " + other.names() + " names, version " + other.program() + ", "
                    + other.fingerprint());
        }
        return lines;
    }

    private List<String> names() {
        Map<String, List<String>> online = sessions.online();
        List<String> lines = new ArrayList<>();
        directory
                .entries()
                .forEach((name, entry) -> lines.add(new NameStatus(
                                name,
                                entry.fingerprint(),
                                entry.expires(),
                                directory.lastSeen().of(name),
                                online.getOrDefault(name, List.of()))
                        .line()));
        return lines;
    }
}
