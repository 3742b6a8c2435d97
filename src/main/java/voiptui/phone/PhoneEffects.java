package voiptui.phone;

import org.jspecify.annotations.Nullable;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.protocol.ClientMessage;

/** What the {@link PhoneMachine} decides. Called on the phone's thread; nothing here may block. */
interface PhoneEffects {

    /** Sends a message to the relay; without a session it is dropped. */
    void say(ClientMessage message);

    /** Starts a call to {@code target}, a name or an IP address. */
    void dial(String target);

    /**
     * Answers the call that the relay announced.
     *
     * @param fingerprint the fingerprint that it announced with the call, as text; null: none, or the call cannot be encrypted
     * @param confirmed whether the user accepted that although another fingerprint is known
     */
    void accept(String call, String from, @Nullable String fingerprint, boolean confirmed);

    /** Ends the current call, because the user answers another one. */
    void hangUp();

    /** Keeps that a caller is blocked, or no longer. */
    void saveBlocked(PhoneEvent.BlockedPeer peer, boolean blocked);

    /** Starts or stops ringing. */
    void ring(boolean on);

    /** Publishes an event of the phone. */
    void publish(PhoneEvent event);

    /** The phone has ended; everything it uses can be released. */
    void ended(EndReason reason);
}
