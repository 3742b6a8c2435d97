package voiptui.cli.run;

import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.phone.PhoneSession;

/**
 * A phone that waits for calls.
 *
 * @param phone waits
 */
public record PhoneRun(PhoneSession phone) implements CallRun {

    @Override
    public void start() {
        phone.start();
    }

    @Override
    public void command(Command command) {
        phone.command(command);
    }

    @Override
    public void hangUp(EndReason reason) {
        phone.leave(reason);
    }

    @Override
    public EndReason awaitEnd() throws InterruptedException {
        // A phone that answers is never told that the relay is a classic one: it is off for that.
        return phone.awaitEnd() instanceof PhoneSession.Outcome.Off off ? off.reason() : EndReason.RELAY_REFUSED;
    }
}
