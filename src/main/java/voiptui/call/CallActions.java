package voiptui.call;

import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.PacketFormat;

/** What the {@link CallStateMachine} has done in the world. Called on the owner's thread; nothing here may block. */
interface CallActions {

    /** Says something to the relay; lost where there is no line. */
    void say(ClientMessage message);

    /** The two sides agree: from now on the microphone goes to {@code peer}, and what comes is played. */
    void connectMedia(String peer, MediaCodec codec, PacketFormat packets);

    /** The peer is gone, and another call may come: the microphone goes nowhere until then. */
    void disconnectMedia();

    /** The peer is done: play what is left, then call {@link CallStateMachine#onDrained}. */
    void playOut();

    /** Stops the microphone and tells the peer so. */
    void sayEndOfTransmission();

    /** Tells everybody. */
    void publish(CallEvent event);

    /** It is over: let go of everything. */
    void ended(EndReason reason);
}
