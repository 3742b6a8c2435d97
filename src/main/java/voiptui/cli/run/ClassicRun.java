package voiptui.cli.run;

import voiptui.call.classic.ClassicCall;
import voiptui.event.Command;
import voiptui.event.EndReason;

/**
 * A call in the classic protocol.
 *
 * @param session makes it
 */
public record ClassicRun(ClassicCall session) implements CallRun {

    @Override
    public void start() {
        session.start();
    }

    @Override
    public void command(Command command) {
        session.command(command);
    }

    @Override
    public void hangUp(EndReason reason) {
        session.hangUp(reason);
    }

    @Override
    public EndReason awaitEnd() throws InterruptedException {
        return session.awaitEnd().reason();
    }
}
