package voiptui.cli.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import voiptui.event.AudioDirection;
import voiptui.event.Command;

/** What a user types at a call or a phone in plain lines: a command a line, answered by the events that follow. */
public final class TypedCommands {

    private static final double STEP_DB = 3;

    private final Consumer<Command> call;
    private final Runnable stats;
    private final PrintStream err;
    /** Prints who is there; {@code null} for a call, which knows nobody else. */
    private final Runnable contacts;

    /**
     * Understands what is typed at a call.
     *
     * @param call does what is wanted
     * @param stats prints the numbers of the moment
     * @param err is told what makes no sense, in one line
     */
    public TypedCommands(Consumer<Command> call, Runnable stats, PrintStream err) {
        this(call, stats, null, err);
    }

    private TypedCommands(Consumer<Command> call, Runnable stats, Runnable contacts, PrintStream err) {
        this.call = call;
        this.stats = stats;
        this.contacts = contacts;
        this.err = err;
    }

    /**
     * Understands what is typed at a phone.
     *
     * @param phone does what is wanted
     * @param stats prints the numbers of the moment
     * @param contacts prints who is there
     * @param err is told what makes no sense, in one line
     */
    public static TypedCommands ofPhone(Consumer<Command> phone, Runnable stats, Runnable contacts, PrintStream err) {
        return new TypedCommands(phone, stats, contacts, err);
    }

    private boolean isPhone() {
        return contacts != null;
    }

    /** Does what the line says. */
    void onLine(String line) {
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length == 1 ? "" : words[1];
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "quit", "q" -> alone(rest, isPhone() ? new Command.LeavePhone() : new Command.HangUp());
            case "mute", "m" -> alone(rest, new Command.ToggleMute());
            case "record" -> alone(rest, new Command.ToggleRecording());
            case "tone" -> alone(rest, new Command.PlayTestTone());
            case "devices" -> alone(rest, new Command.ListDevices());
            case "stats", "s" -> stats.run();
            case "volume" -> changeGain(AudioDirection.OUTPUT, rest);
            case "gain" -> changeGain(AudioDirection.INPUT, rest);
            case "mic" -> use(AudioDirection.INPUT, rest);
            case "speaker" -> use(AudioDirection.OUTPUT, rest);
            case "" -> {}
            default -> onPhoneWord(words[0].toLowerCase(Locale.ROOT), rest);
        }
    }

    private void onPhoneWord(String word, String rest) {
        switch (isPhone() ? word : "") {
            case "call", "c" -> dial(rest);
            case "accept", "a" -> alone(rest, new Command.AcceptCall());
            case "reject", "x" -> alone(rest, new Command.RejectCall());
            case "hangup", "h" -> alone(rest, new Command.HangUp());
            case "contacts" -> contacts.run();
            default -> sayWhatThereIs();
        }
    }

    private void dial(String target) {
        if (target.isEmpty()) {
            err.println("type whom to call after it, a name or an address; contacts lists names");
        } else {
            call.accept(new Command.Dial(target));
        }
    }

    private void alone(String rest, Command command) {
        if (rest.isEmpty()) {
            call.accept(command);
        } else {
            sayWhatThereIs();
        }
    }

    private void changeGain(AudioDirection direction, String sign) {
        switch (sign) {
            case "+" -> call.accept(new Command.ChangeGain(direction, STEP_DB));
            case "-" -> call.accept(new Command.ChangeGain(direction, -STEP_DB));
            default -> err.println("type + or - after it, for 3 dB more or less");
        }
    }

    private void use(AudioDirection direction, String device) {
        if (device.isEmpty()) {
            err.println("type a " + direction.label() + " after it; devices lists them");
        } else {
            call.accept(new Command.UseDevice(direction, device));
        }
    }

    private void sayWhatThereIs() {
        err.println("type one of: " + (isPhone() ? "call NAME, accept, reject, hangup, contacts, " : "")
                + "mute, stats, quit, record, tone, volume + or -, gain + or -, devices, mic DEVICE,"
                + " speaker DEVICE");
    }
}
