package voiptui.cli.run;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import voiptui.cli.option.ScreenLook;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.report.EventLines;
import voiptui.report.PhoneNarrator;
import voiptui.report.log.PhoneLog;
import voiptui.tui.ScreenContext;
import voiptui.tui.ShownScreen;
import voiptui.tui.phone.PhoneScreen;

/**
 * The front end of a phone.
 *
 * @param relay the relay as the user named it
 * @param name the name of the phone at the relay
 * @param ring whether incoming calls ring the terminal's bell
 * @param look how the user wants the screen to look
 * @param environment the environment variables
 */
public record PhoneFrontEnd(String relay, String name, boolean ring, ScreenLook look, Map<String, String> environment)
        implements FrontEnd {

    @Override
    public String command() {
        return "phone";
    }

    @Override
    public Narration narrate(PrintStream err, InstantSource wallClock) {
        PhoneNarrator narrator = new PhoneNarrator(err, wallClock, relay);
        return new Narration(
                narrator,
                phone -> TypedCommands.ofPhone(phone::command, narrator::askForStats, narrator::askForContacts, err));
    }

    @Override
    public EventLines.Printer log(PrintStream lines) {
        return new PhoneLog(lines, InstantSource.system(), relay);
    }

    @Override
    public Predicate<Event> isLast() {
        return PhoneEvent.PhoneStopped.class::isInstance;
    }

    @Override
    public ShownScreen open(String logFile, EventBus bus, Consumer<Command> commands, Consumer<Throwable> onCrash)
            throws IOException {
        ScreenContext context = FullScreen.context(look, environment, bus, commands, onCrash);
        return PhoneScreen.open(context, relay, name, ring, logFile, ZoneId.systemDefault());
    }
}
