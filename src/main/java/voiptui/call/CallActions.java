package voiptui.call;

import org.jspecify.annotations.Nullable;
import voiptui.crypto.MediaSecurity;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.offer.MediaFormat;

/** What the {@link CallStateMachine} decides. Called on the call's thread; nothing here may block. */
interface CallActions extends CallEffects {

    /** Sends a message to the relay; without a session it is dropped. */
    void say(ClientMessage message);

    /**
     * The call is connected: from now on the microphone is sent to {@code peer}, and what arrives is played.
     *
     * @param security how it is encrypted end to end; null: it is not
     */
    void connectMedia(String peer, MediaFormat format, @Nullable MediaSecurity security);

    /** The peer has left and another call may follow: nothing is sent until the next {@link #connectMedia}. */
    void disconnectMedia();
}
