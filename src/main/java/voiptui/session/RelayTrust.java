package voiptui.session;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.event.SessionEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.identity.RelayStatement;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;

/**
 * Decides whether the certificate that a relay shows is one that the user trusts. What is not pinned may still be trusted: the first one
 * of a relay if the user said so, one that a pinned identity names as its successor, and that of another relay of the same cluster
 * ({@code protocol.md}, section 1). Owned by the session thread.
 */
final class RelayTrust {

    /** What follows from what a relay has shown. */
    sealed interface Verdict {

        /** The relay is trusted. {@code isNew}: nothing was pinned for it before. */
        record Trusted(Fingerprint shown, boolean isNew) implements Verdict {}

        /** The relay was asked to show who it is. */
        record Asked() implements Verdict {}

        /** Nothing is pinned for the relay, and new ones are not accepted. */
        record Unknown(Fingerprint shown) implements Verdict {}

        /** The relay is not trusted, for this reason. */
        record Untrusted(String reason) implements Verdict {}
    }

    /** The most pinned certificates for which a relay is asked for a proof. */
    private static final int MAX_PROOFS = 8;

    /**
     * A relay that shows a certificate which is not pinned, although others are.
     *
     * @param shown the fingerprint of that certificate
     * @param pinned what is pinned for the relay
     * @param asked the index of the one that it is to prove a connection with
     */
    private record Changed(Fingerprint shown, List<KnownRelays.Entry> pinned, int asked) {

        Fingerprint trusted() {
            return pinned.get(asked).fingerprint();
        }
    }

    private interface Pinning {
        void run() throws IOException;
    }

    private final SessionConfig config;
    private final SessionEffects effects;

    /** The certificate that is trusted although it could not be saved; null: there is none. */
    private @Nullable Fingerprint unsaved;
    /** The relay that was asked for a proof; null: none. */
    private @Nullable Changed changed;

    RelayTrust(SessionConfig config, SessionEffects effects) {
        this.config = config;
        this.effects = effects;
    }

    /** Forgets what was not saved: another relay is tried. */
    void clear() {
        unsaved = null;
        changed = null;
    }

    /** The TLS handshake is complete; {@code known} is what is pinned for the relay. */
    Verdict onShown(Fingerprint shown, List<KnownRelays.Entry> known) {
        changed = null;
        if (shown.equals(unsaved)
                || known.stream().anyMatch(entry -> entry.fingerprint().equals(shown))) {
            return new Verdict.Trusted(shown, known.isEmpty());
        }
        if (!known.isEmpty()) {
            return ask(new Changed(shown, List.copyOf(known), 0));
        }
        if (unsaved != null) {
            return new Verdict.Untrusted(config.relayName() + " presents " + shown + ", but presented " + unsaved
                    + " before: its certificate was replaced, or the connection is intercepted");
        }
        if (!config.credentials().acceptNew()) {
            return new Verdict.Unknown(shown);
        }
        pin(shown, () -> effects.pin(shown));
        return new Verdict.Trusted(shown, true);
    }

    private Verdict ask(Changed relay) {
        changed = relay;
        effects.say(new ClientMessage.Prove(relay.trusted().text()));
        return new Verdict.Asked();
    }

    /** The relay has answered the request for a proof, with {@code proof} or otherwise. */
    Verdict onProof(RelayMessage message) {
        Changed relay = changed;
        if (relay == null) {
            return new Verdict.Asked();
        }
        if (!(message instanceof RelayMessage.Proof proof)) {
            return onNoProof();
        }
        Optional<Fingerprint> former = formerOf(relay, proof);
        if (former.isPresent()) {
            pin(relay.shown, () -> {
                effects.movePin(former.get(), relay.shown);
                effects.publish(new SessionEvent.RelaySucceeded(
                        config.relayName(), former.get().text(), relay.shown.text()));
            });
        } else if (isVouchedFor(relay, proof)) {
            pin(relay.shown, () -> {
                effects.pin(relay.shown);
                effects.publish(new SessionEvent.RelayVouchedFor(
                        config.relayName(), relay.trusted().text(), relay.shown.text()));
            });
        } else if (relay.asked + 1 < Math.min(relay.pinned.size(), MAX_PROOFS)) {
            return ask(new Changed(relay.shown, relay.pinned, relay.asked + 1));
        } else {
            return onNoProof();
        }
        changed = null;
        return new Verdict.Trusted(relay.shown, false);
    }

    /** The relay has not shown who it is: the time is over, or the connection is gone. */
    Verdict onNoProof() {
        Changed relay = changed;
        if (relay == null) {
            return new Verdict.Untrusted(config.relayName() + " has not shown who it is");
        }
        return new Verdict.Untrusted(config.relayName() + " presents " + relay.shown + ", but "
                + relay.pinned.get(0).fingerprint()
                + " is pinned: its certificate was replaced, or the connection is intercepted; if the new one is right, remove "
                + KnownRelays.linesText(relay.pinned) + " of "
                + config.knownRelays().file());
    }

    /** Returns the pinned identity that this one follows; empty: it follows none of them. */
    private static Optional<Fingerprint> formerOf(Changed relay, RelayMessage.Proof proof) {
        List<RelayStatement> statements = proof.statements().stream()
                .flatMap(text -> RelayStatement.parse(RelayStatement.Kind.SUCCESSOR, text).stream())
                .toList();
        return relay.pinned.stream()
                .map(KnownRelays.Entry::fingerprint)
                .filter(pinned -> RelayStatement.leads(pinned, relay.shown, statements))
                .findFirst();
    }

    private boolean isVouchedFor(Changed relay, RelayMessage.Proof proof) {
        return proof.voucher() != null
                && RelayStatement.parse(RelayStatement.Kind.MEMBER, proof.voucher())
                        .filter(statement -> statement.vouches(relay.trusted(), relay.shown, effects.timeMs()))
                        .isPresent();
    }

    /** Saves a certificate. If that fails, as with a read-only configuration, it is trusted at least for the next connections. */
    private void pin(Fingerprint shown, Pinning pinning) {
        try {
            pinning.run();
        } catch (IOException notWritten) {
            unsaved = shown;
            effects.publish(
                    new SessionEvent.RelayNotSaved(config.relayName(), String.valueOf(notWritten.getMessage())));
        }
    }
}
