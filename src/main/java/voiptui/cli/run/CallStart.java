package voiptui.cli.run;

import voiptui.call.RunningCall;
import voiptui.cli.exit.CommandFailure;
import voiptui.event.EventBus;

/** Prepares a call or a phone. */
@FunctionalInterface
public interface CallStart {

    /**
     * Opens devices and sockets; the call is not started.
     *
     * @param bus receives the events of the call
     * @throws CommandFailure when something is not available
     */
    RunningCall open(EventBus bus) throws CommandFailure;
}
