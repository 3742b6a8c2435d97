package voiptui.call;

import voiptui.event.CallEvent;
import voiptui.event.EndReason;

/** What the state machines of both protocols decide. Called on the call's thread; nothing here may block. */
public interface CallEffects {

    /** The peer has finished: play what is buffered, then report that it has been played. */
    void playOut();

    /** Stops the microphone and sends end-of-transmission to the peer. */
    void sayEndOfTransmission();

    /** Publishes an event of the call. */
    void publish(CallEvent event);

    /** The call has ended; everything it uses can be released. */
    void ended(EndReason reason);
}
