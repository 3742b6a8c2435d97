package voiptui.cli.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.AudioDirection;
import voiptui.event.Command;

/** Carries out the commands that a user types during a call or at a phone, one per line; events answer them. */
public final class TypedCommands {

    private static final double STEP_DB = 3;

    private final Consumer<Command> call;
    private final Runnable stats;
    private final PrintStream err;
    /** Prints the contacts; null: a call, which has none. */
    private final @Nullable Runnable contacts;

    /**
     * Creates the commands of a call.
     *
     * @param call carries out commands
     * @param stats prints the current statistics
     * @param err receives an error message of one line
     */
    public TypedCommands(Consumer<Command> call, Runnable stats, PrintStream err) {
        this(call, stats, null, err);
    }

    private TypedCommands(Consumer<Command> call, Runnable stats, @Nullable Runnable contacts, PrintStream err) {
        this.call = call;
        this.stats = stats;
        this.contacts = contacts;
        this.err = err;
    }

    /**
     * Creates the commands of a phone.
     *
     * @param phone carries out commands
     * @param stats prints the current statistics
     * @param contacts prints the contacts
     * @param err receives an error message of one line
     */
    public static TypedCommands ofPhone(Consumer<Command> phone, Runnable stats, Runnable contacts, PrintStream err) {
        return new TypedCommands(phone, stats, contacts, err);
    }

    private boolean isPhone() {
        return contacts != null;
    }

    /** Carries out one line. */
    void onLine(String line) {
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length == 1 ? "" : words[1];
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "hangup" -> alone(rest, new Command.HangUp());
            case "quit", "q" -> alone(rest, isPhone() ? new Command.LeavePhone() : new Command.HangUp());
            case "mute", "m" -> alone(rest, new Command.ToggleMute());
            case "hold" -> alone(rest, new Command.ToggleHold());
            case "again" -> alone(rest, new Command.SayAgain());
            case "live" -> alone(rest, new Command.ReturnToLive());
            case "record" ->
                call.accept(rest.isEmpty() ? new Command.ToggleRecording() : new Command.StartRecording(rest));
            case "text" -> sendText(rest);
            case "processing" -> alone(rest, new Command.CycleProcessing());
            case "yes", "y" -> alone(rest, new Command.AcceptChanged());
            case "verified" -> alone(rest, new Command.VerifyPeer());
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
        if (contacts == null) {
            printUsage();
            return;
        }
        switch (word) {
            case "call", "c" -> dial(rest);
            case "accept", "a" -> alone(rest, new Command.AcceptCall());
            case "reject", "x" -> alone(rest, new Command.RejectCall());
            case "block", "b" -> alone(rest, new Command.BlockCaller());
            case "unblock" -> unblock(rest);
            case "h" -> alone(rest, new Command.HangUp());
            case "favorite" -> favorite(rest);
            case "test" -> alone(rest, new Command.ToggleEchoTest());
            case "dnd" -> alone(rest, new Command.ToggleDoNotDisturb());
            case "contacts" -> contacts.run();
            default -> printUsage();
        }
    }

    private void sendText(String text) {
        if (text.isEmpty()) {
            err.println("usage: text WORDS");
        } else {
            call.accept(new Command.SendText(text));
        }
    }

    private void dial(String target) {
        if (target.isEmpty()) {
            err.println("usage: call NAME or call ADDRESS; contacts lists the names");
        } else {
            call.accept(new Command.Dial(target));
        }
    }

    private void favorite(String name) {
        if (name.isEmpty()) {
            err.println("usage: favorite NAME; contacts lists the names");
        } else {
            call.accept(new Command.ToggleFavorite(name));
        }
    }

    private void unblock(String peer) {
        if (peer.isEmpty()) {
            err.println("usage: unblock NAME or unblock FINGERPRINT");
        } else {
            call.accept(new Command.UnblockCaller(peer));
        }
    }

    private void alone(String rest, Command command) {
        if (rest.isEmpty()) {
            call.accept(command);
        } else {
            printUsage();
        }
    }

    private void changeGain(AudioDirection direction, String sign) {
        switch (sign) {
            case "+" -> call.accept(new Command.ChangeGain(direction, STEP_DB));
            case "-" -> call.accept(new Command.ChangeGain(direction, -STEP_DB));
            default ->
                err.println(
                        (direction == AudioDirection.OUTPUT ? "usage: volume + or volume -" : "usage: gain + or gain -")
                                + " (3 dB steps)");
        }
    }

    private void use(AudioDirection direction, String device) {
        if (device.isEmpty()) {
            err.println((direction == AudioDirection.OUTPUT ? "usage: speaker DEVICE" : "usage: mic DEVICE")
                    + "; devices lists them");
        } else {
            call.accept(new Command.UseDevice(direction, device));
        }
    }

    private void printUsage() {
        err.println("commands: "
                + (isPhone()
                        ? "call NAME, accept, reject, block, unblock NAME, favorite NAME, dnd, test, hangup, contacts, "
                        : "")
                + "mute, hold, again, live, stats, quit, text WORDS, record or record FILE, processing, verified, tone, "
                + "volume + or -, gain + or -, devices,"
                + " mic DEVICE,"
                + " speaker DEVICE");
    }
}
