package voiptui.call.classic;

import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.protocol.ClassicRequest;

/** What the {@link ClassicCallMachine} has done in the world. Called on the call thread; nothing here may block. */
interface ClassicCallEffects {

    /** Says {@code request} to the relay; the answer comes back through {@link ClassicCallMachine#onAnswer}. */
    void ask(ClassicRequest request);

    /** Registered: from now on the microphone goes to the relay. */
    void startSending();

    /** The peer said that it is done: play what is left, then call {@link ClassicCallMachine#onDrained}. */
    void playOut();

    /** Stops the microphone and says end-of-transmission. */
    void sayEndOfTransmission();

    /** Tells everybody. */
    void publish(CallEvent event);

    /** It is over: let go of everything. */
    void ended(EndReason reason);
}
