package voiptui.call.classic;

import voiptui.call.CallEffects;
import voiptui.protocol.classic.ClassicRequest;

/** What the {@link ClassicCallMachine} decides. Called on the call thread; nothing here may block. */
interface ClassicCallEffects extends CallEffects {

    /** Sends {@code request} to the relay; the reply comes back through {@link ClassicCallMachine#onReply}. */
    void ask(ClassicRequest request);

    /** Registered for the first time: from now on the microphone is sent to the relay. */
    void startSending();
}
