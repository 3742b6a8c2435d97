package voiptui.cli.run;

import voiptui.cli.exit.CommandFailure;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.phone.PhoneSession;

/**
 * A call over a line of the second protocol; or, where the relay turns out to be a classic one, in the classic way.
 *
 * <p>Threads as in {@link CallRun}.
 */
public final class V2Run implements CallRun {

    /** Makes the same call in the classic way. */
    @FunctionalInterface
    public interface Classic {

        /**
         * Opens what the call needs and prepares it.
         *
         * @throws CommandFailure when something cannot be had
         */
        ClassicRun open() throws CommandFailure;
    }

    private final PhoneSession phone;
    private final Classic classic;
    private CallRun fallback;
    private EndReason leaving;

    public V2Run(PhoneSession phone, Classic classic) {
        this.phone = phone;
        this.classic = classic;
    }

    @Override
    public void start() {
        phone.start();
    }

    @Override
    public synchronized void command(Command command) {
        if (fallback != null) {
            fallback.command(command);
        } else {
            phone.command(command);
            leaving = command instanceof Command.HangUp ? EndReason.QUIT : leaving;
        }
    }

    @Override
    public synchronized void hangUp(EndReason reason) {
        leaving = reason;
        if (fallback != null) {
            fallback.hangUp(reason);
        } else {
            phone.leave(reason);
        }
    }

    @Override
    public EndReason awaitEnd() throws CommandFailure, InterruptedException {
        if (phone.awaitEnd() instanceof PhoneSession.Outcome.Off off) {
            return off.reason();
        }
        CallRun opened = classic.open();
        opened.start();
        synchronized (this) {
            fallback = opened;
            if (leaving != null) {
                opened.hangUp(leaving);
            }
        }
        return opened.awaitEnd();
    }
}
