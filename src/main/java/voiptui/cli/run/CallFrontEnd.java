package voiptui.cli.run;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import voiptui.cli.option.ScreenLook;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.report.CallNarrator;
import voiptui.report.EventLines;
import voiptui.report.log.CallLog;
import voiptui.tui.ScreenContext;
import voiptui.tui.ShownScreen;
import voiptui.tui.call.CallScreen;

/**
 * The front end of a call.
 *
 * @param relay the relay as the user named it
 * @param peer the peer as the user named it
 * @param look how the user wants the screen to look
 * @param environment the environment variables
 */
public record CallFrontEnd(String relay, String peer, ScreenLook look, Map<String, String> environment)
        implements FrontEnd {

    @Override
    public String command() {
        return "call";
    }

    @Override
    public Narration narrate(PrintStream err, InstantSource wallClock) {
        CallNarrator narrator = new CallNarrator(err, wallClock, relay, peer);
        return new Narration(narrator, call -> new TypedCommands(call::command, narrator::askForStats, err));
    }

    @Override
    public EventLines.Printer log(PrintStream lines) {
        return new CallLog(lines, InstantSource.system(), relay, peer);
    }

    @Override
    public Predicate<Event> isLast() {
        return CallEvent.Summary.class::isInstance;
    }

    @Override
    public ShownScreen open(String logFile, EventBus bus, Consumer<Command> commands, Consumer<Throwable> onCrash)
            throws IOException {
        ScreenContext context = FullScreen.context(look, environment, bus, commands, onCrash);
        return CallScreen.open(context, relay, peer, logFile, ZoneId.systemDefault());
    }
}
