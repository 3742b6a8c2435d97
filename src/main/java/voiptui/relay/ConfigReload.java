package voiptui.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.RelayIdentity;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.control.RelayTls;
import voiptui.relay.control.TlsAcceptor;
import voiptui.relay.directory.Directory;
import voiptui.relay.registrar.SessionHandler;

/**
 * The settings of a running relay, which the operator may change: what can change while it runs is given to its parts. Any thread
 * may call its methods; new settings are taken over on the control thread.
 */
final class ConfigReload {

    /**
     * The parts of a relay that can change while it runs.
     *
     * @param directory names and blocks; null: the relay keeps none, and has nothing to reread
     */
    record Parts(
            RelayTls tls,
            TlsAcceptor acceptor,
            ClassicRegistry registry,
            SessionHandler sessions,
            @Nullable Directory directory) {}

    /** What was read again, and is in force only if all of it could be read. */
    private record Reread(RelayConfig config, RelayIdentity identity) {}

    private final Parts parts;
    private final Executor control;
    private final int possibleClients;
    private final EventBus events;
    /** The settings that count, apart from those that need a restart. Set by the control thread. */
    private volatile RelayConfig config;

    private Consumer<Set<Fingerprint>> onAllowed = allowed -> {};
    /** Of the certificate that the relay presents. Owned by the control thread. */
    private Fingerprint fingerprint;

    /**
     * Begins with the settings that the relay was started with.
     *
     * @param control the control thread
     * @param possibleClients how many clients the system has descriptors for
     * @param fingerprint of the certificate that the relay presents
     */
    ConfigReload(
            Parts parts,
            Executor control,
            RelayConfig config,
            int possibleClients,
            Fingerprint fingerprint,
            EventBus events) {
        this.parts = parts;
        this.control = control;
        this.config = config;
        this.possibleClients = possibleClients;
        this.fingerprint = fingerprint;
        this.events = events;
    }

    /** Has {@code changed} told which other relays are allowed in the cluster, on the control thread. */
    void onAllowed(Consumer<Set<Fingerprint>> changed) {
        onAllowed = changed;
    }

    /** Returns the settings that count, apart from those that need a restart. */
    RelayConfig config() {
        return config;
    }

    /**
     * Takes over settings, certificate, names and blocks. If something is wrong with any of them, all stay as they were, and the log
     * says what. Returns at once.
     *
     * @param source read on the thread {@code relay-state}
     * @return completes when that is done, or has failed
     */
    CompletionStage<Void> reload(Relay.ConfigSource source) {
        Directory directory = parts.directory;
        if (directory == null) {
            return CompletableFuture.completedFuture(null);
        }
        return directory
                .onFiles(() -> new Reread(
                        source.read(),
                        RelayIdentity.load(
                                RelayIdentity.fileIn(config.stateDir()),
                                text -> events.publish(new RelayEvent.Warning(text)))))
                .thenCompose(read -> directory.reload().thenApply(done -> read))
                .thenAcceptAsync(read -> use(read, directory), control)
                .exceptionally(failed -> {
                    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
                    events.publish(new RelayEvent.Warning("nothing was changed: " + cause.getMessage()));
                    return null;
                });
    }

    private void use(Reread read, Directory directory) {
        RelayConfig wanted = read.config.within(possibleClients);
        ConfigChange change = ConfigChange.of(config, wanted);
        try {
            parts.tls.use(read.identity);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Fingerprint shown = read.identity.identity().fingerprint();
        if (!shown.equals(fingerprint)) {
            fingerprint = shown;
            events.publish(new RelayEvent.RelayIdentity(shown.text()));
        }
        parts.sessions.use(wanted.maxClients(), wanted.times().ringLimitMs());
        parts.registry.use(
                wanted.admission().limits(),
                wanted.admission().classic(),
                wanted.classic().clientTimeoutMs());
        directory.use(wanted.directory());
        if (!config.admission().connections().equals(wanted.admission().connections())) {
            parts.acceptor.use(wanted.admission().connections());
        }
        onAllowed.accept(wanted.cluster() == null ? Set.of() : wanted.cluster().allowed());
        config = wanted;
        events.publish(new RelayEvent.FilesReread(
                String.join(", ", change.changed()), String.join(", ", change.needRestart())));
    }
}
