package voiptui.phone;

import org.jspecify.annotations.Nullable;
import voiptui.call.CallSetupException;
import voiptui.call.RunningCall;
import voiptui.event.Command;
import voiptui.event.EndReason;

/** A v2 call that is made again with the classic protocol when the relay turns out to be a classic one. */
public final class FallbackCall implements RunningCall {

    /** Prepares the classic call. */
    @FunctionalInterface
    public interface ClassicOpener {

        /**
         * Opens the devices and the socket of the call; the call is not started.
         *
         * @throws CallSetupException when a device, the socket or the target's address is not available
         */
        RunningCall open() throws CallSetupException;
    }

    private final PhoneSession phone;
    private final ClassicOpener opener;

    // Guarded by this object's monitor.
    private @Nullable RunningCall classic;
    private @Nullable EndReason hungUpFor;

    /**
     * Creates the call; nothing is started.
     *
     * @param phone makes the v2 call
     * @param opener is used only if the relay is a classic one, after the v2 call has released its devices
     */
    public FallbackCall(PhoneSession phone, ClassicOpener opener) {
        this.phone = phone;
        this.opener = opener;
    }

    @Override
    public void start() {
        phone.start();
    }

    @Override
    public synchronized void command(Command command) {
        if (classic != null) {
            classic.command(command);
        } else {
            phone.command(command);
            hungUpFor = command instanceof Command.HangUp ? EndReason.QUIT : hungUpFor;
        }
    }

    @Override
    public synchronized void hangUp(EndReason reason) {
        hungUpFor = reason;
        if (classic != null) {
            classic.hangUp(reason);
        } else {
            phone.hangUp(reason);
        }
    }

    @Override
    public EndReason awaitEnd() throws CallSetupException, InterruptedException {
        if (phone.awaitOutcome() instanceof PhoneSession.Outcome.Ended ended) {
            return ended.reason();
        }
        RunningCall opened = opener.open();
        opened.start();
        synchronized (this) {
            classic = opened;
            if (hungUpFor != null) {
                opened.hangUp(hungUpFor);
            }
        }
        return opened.awaitEnd();
    }
}
