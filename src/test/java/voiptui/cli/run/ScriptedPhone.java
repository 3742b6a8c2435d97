package voiptui.cli.run;

import java.time.ZoneId;
import java.util.List;
import voiptui.cli.option.ScreenLook;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.tui.phone.PhoneScreen;

/**
 * The screen of a phone without relay and sound: every command is answered at once as a phone would. Dialing {@code ring-me}
 * makes {@code workshop} call.
 */
public final class ScriptedPhone {

    private final EventBus bus = new EventBus();

    private ScriptedPhone() {}

    /** Runs it until the user quits. */
    public static void main(String[] args) throws Exception {
        new ScriptedPhone().run();
    }

    private void run() throws Exception {
        try (PhoneScreen screen = PhoneScreen.open(
                FullScreen.context(
                        new ScreenLook(false, ScreenLook.ThemeChoice.DARK),
                        System.getenv(),
                        bus,
                        this::onCommand,
                        Throwable::printStackTrace),
                "relay.example:8888",
                "dora",
                true,
                "",
                ZoneId.systemDefault())) {
            bus.publish(new PhoneEvent.Ready("relay.example:8888", "dora", false));
            bus.publish(new SessionEvent.SignedIn("dora", "203.0.113.9:50123", false));
            bus.publish(new SessionEvent.PathChanged(SessionEvent.MediaPath.UDP, "203.0.113.9:41234"));
            bus.publish(new PhoneEvent.Contacts(List.of(
                    new PhoneEvent.Contact("anna", true, false, 0),
                    new PhoneEvent.Contact("workshop", false, false, 0))));
            while (screen.farewell().isEmpty()) {
                screen.awaitEnd();
            }
            screen.close();
            screen.farewell().forEach(System.out::println);
        }
    }

    private void onCommand(Command command) {
        if (command instanceof Command.Dial dial && dial.to().equals("ring-me")) {
            bus.publish(new PhoneEvent.Incoming("workshop"));
        } else if (command instanceof Command.Dial dial) {
            bus.publish(new PhoneEvent.CallStarted(dial.to(), true));
            state(CallState.RINGING, null);
        } else if (command instanceof Command.AcceptCall) {
            bus.publish(new PhoneEvent.RingingEnded("workshop", true, false, false, ""));
            bus.publish(new PhoneEvent.CallStarted("workshop", false));
            bus.publish(new CallEvent.Connected("workshop", "opus", "libopus", "rtp", List.of(), 48_000, 32));
            state(CallState.IN_CALL, null);
        } else if (command instanceof Command.HangUp) {
            state(CallState.ENDED, EndReason.QUIT);
            bus.publish(new CallEvent.Summary(
                    CallState.IN_CALL, EndReason.QUIT, 1000, 50, 50, 0, 0, 0, 0, 0, 0, 0, 60, null, "opus", -20));
        } else if (command instanceof Command.LeavePhone) {
            bus.publish(new PhoneEvent.PhoneStopped(EndReason.QUIT, ""));
        }
    }

    private void state(CallState state, EndReason reason) {
        bus.publish(new CallEvent.StateChanged(state, 0, 0, 0, reason, ""));
    }

    /** Returns the command that starts it. */
    public static List<String> command() throws Exception {
        return FaultyScreen.command(ScriptedPhone.class);
    }
}
