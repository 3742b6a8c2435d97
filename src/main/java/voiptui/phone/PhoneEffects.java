package voiptui.phone;

import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.protocol.ClientMessage;

/** What the {@link PhoneMachine} has done in the world. Called on the phone's thread; nothing here may block. */
interface PhoneEffects {

    /** Says something to the relay; lost where there is no line. */
    void say(ClientMessage message);

    /** Begins a call to {@code target}, a name or an address. */
    void dial(String target);

    /** Begins the call that the relay announced. */
    void accept(String call, String from);

    /** Rings, or stops ringing. */
    void ring(boolean on);

    /** Tells everybody. */
    void publish(PhoneEvent event);

    /** The phone is off: let go of everything. */
    void off(EndReason reason, String detail);
}
