package voiptui.tui.terminal.input;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what a terminal sends into keys, pasted text and the reports of {@link TerminalInput}. UI thread.
 *
 * <p>A terminal sends more than keys: reports of the mouse, of its version, of colors, which another program asked for. Whatever is
 * neither a known key nor a known report is swallowed as a whole, so that no part of it is taken for a key, which might unmute
 * or hang up. That holds for control sequences (CSI), SS3, and the strings of OSC, DCS, APC, PM and SOS, of any length, with
 * 7-bit and 8-bit controls (ECMA-48, section 5; XTerm Control Sequences).
 *
 * <p>Sequences may arrive in pieces. A lone ESC is the Escape key after {@value #ESCAPE_MS} ms. Anything else incomplete is
 * given up after a longer time, since it may be a key with Alt, such as Alt+[, or damaged. If the rest comes after all, in one
 * piece, it is swallowed, too; a single character is a key, because a person types one at a time.
 */
public final class KeyDecoder {

    /** How long after ESC the rest of a sequence may come, in milliseconds. */
    static final long ESCAPE_MS = 75;
    /** After how long without more a sequence is given up that a key with Alt may have begun. */
    static final long INTRODUCER_MS = 1000;
    /** As {@link #INTRODUCER_MS}, for a sequence with parameters, which nobody types. */
    static final long PARAMETERS_MS = 10_000;
    /** As {@link #INTRODUCER_MS}, for pasted text. */
    static final long PASTE_MS = 3000;
    /** How long after that the rest is recognized, if it comes in one piece. */
    static final long RESUME_MS = 30_000;
    /** As {@link #RESUME_MS}, after a lone ESC. */
    static final long RESUME_ESCAPE_MS = 1000;
    /** The most characters of pasted text that are kept. */
    public static final int MAX_PASTE = 4096;

    private static final int ESC = 0x1B;
    private static final int BEL = 0x07;
    private static final int STRING_TERMINATOR = 0x9C;
    private static final int MAX_PARAMETERS = 64;
    private static final String PASTE_START = "200";
    private static final String PASTE_END = "\033[201~";

    private enum State {
        /** Between keys. */
        GROUND,
        /** After ESC. */
        ESCAPE,
        /** After CSI: parameters, until a final character. */
        CSI,
        /** After SS3: until a final character. */
        SS3,
        /** After CSI and {@code [}: the Linux console's F1 to F5. */
        LINUX,
        /** In a control string that BEL or ST ends. */
        OSC,
        /** In a control string that ST ends. */
        STRING,
        /** In the coordinates of a mouse report without parameters. */
        COORDINATES,
        /** In pasted text. */
        PASTE
    }

    private final Utf8Decoder utf8 = new Utf8Decoder();
    private final Queue<TerminalInput> decoded = new ArrayDeque<>();
    private final StringBuilder parameters = new StringBuilder();
    private final StringBuilder pasted = new StringBuilder();
    private State state = State.GROUND;
    /** The state that was given up last; {@link State#GROUND}: none. */
    private State lapsed = State.GROUND;

    /** Whether a second ESC has come, which means Alt. */
    private boolean altEscape;
    /** Whether the ESC before came in a string, which it ends together with a backslash. */
    private boolean endsString;

    /** Of the key that is decoded. */
    private KeyPhase phase = KeyPhase.PRESSED;

    private int coordinates;
    private int endMatched;
    private long lastByteMs;
    private long lapsedMs;

    /**
     * Decodes bytes that arrived together.
     *
     * @param nowMs the time in milliseconds; never runs backwards
     */
    void feed(byte[] bytes, int length, long nowMs) {
        if (state == State.GROUND && length > 1 && isRest(bytes[0], nowMs)) {
            state = lapsed;
        }
        lapsed = State.GROUND;
        lastByteMs = nowMs;
        for (int i = 0; i < length; i++) {
            utf8.decode(bytes[i] & 0xFF, this::on);
        }
    }

    /** Returns whether bytes that arrived together are the rest of the sequence that was given up. */
    private boolean isRest(byte first, long nowMs) {
        return switch (lapsed) {
            case GROUND -> false;
            case ESCAPE -> nowMs - lapsedMs <= RESUME_ESCAPE_MS && "[O]P^_X".indexOf(first) >= 0;
            default -> nowMs - lapsedMs <= RESUME_MS;
        };
    }

    /** Gives up what is incomplete for too long; to be called when no bytes are available. */
    void onNoBytes(long nowMs) {
        if (state != State.GROUND && nowMs - lastByteMs >= patienceMs()) {
            if (state == State.ESCAPE) {
                key(new KeyStroke(KeyType.Escape));
            }
            lapsed = state;
            lapsedMs = nowMs;
            state = State.GROUND;
        }
    }

    private long patienceMs() {
        return switch (state) {
            case ESCAPE -> ESCAPE_MS;
            case CSI, SS3 -> parameters.isEmpty() ? INTRODUCER_MS : PARAMETERS_MS;
            case PASTE -> PASTE_MS;
            default -> INTRODUCER_MS;
        };
    }

    /** Returns the next key or pasted text; null: there is none now. */
    @Nullable
    TerminalInput poll() {
        return decoded.poll();
    }

    private void on(int c) {
        switch (state) {
            case GROUND -> onGround(c);
            case ESCAPE -> onEscape(c);
            case CSI -> onParameter(c, false);
            case SS3 -> onParameter(c, true);
            case LINUX -> finish(KeySequences.ofLinuxConsole(c));
            case OSC, STRING -> onString(c);
            case COORDINATES -> onCoordinate(c);
            case PASTE -> onPasted(c);
        }
    }

    private void onGround(int c) {
        if (c == ESC) {
            escape(false);
        } else if (c >= 0x80 && c <= 0x9F) {
            introduce(c);
        } else if (c != Utf8Decoder.INVALID) {
            finish(KeySequences.ofCharacter(c, false));
        }
    }

    private void onEscape(int c) {
        boolean closes = endsString && c == '\\';
        endsString = false;
        if (closes) {
            endString();
        } else if (c == ESC) {
            escape(true);
        } else if (c >= 0x40 && c <= 0x5F && "[O]P^_X".indexOf(c) >= 0) {
            // ECMA-48, 5.3: ESC and a character from 0x40 to 0x5F stand for a control from 0x80 to 0x9F.
            introduce(c + 0x40);
        } else if (c >= 0x80 && c <= 0x9F) {
            introduce(c);
        } else {
            finish(c == Utf8Decoder.INVALID ? null : KeySequences.ofCharacter(c, true));
        }
    }

    private void escape(boolean again) {
        state = State.ESCAPE;
        altEscape = again;
    }

    /** Begins what a control from 0x80 to 0x9F introduces; others are dropped. */
    private void introduce(int control) {
        parameters.setLength(0);
        state = switch (control) {
            case 0x9B -> State.CSI;
            case 0x8F -> State.SS3;
            case 0x9D -> State.OSC;
            case 0x90, 0x98, 0x9E, 0x9F -> State.STRING;
            default -> State.GROUND;
        };
    }

    private void onParameter(int c, boolean ss3) {
        boolean parameter = c >= '0' && c <= ';' || !ss3 && (c >= ' ' && c <= '?');
        if (interrupts(c)) {
            return;
        } else if (c < ' ' || c > '~') {
            finish(null);
        } else if (!parameter) {
            onFinal(c, ss3);
        } else if (c == '$' && KeySequences.isNumber(parameters)) {
            // rxvt: Shift and a key; an intermediate character by ECMA-48, but no report has a single parameter before
            // it
            onFinal(c, false);
        } else if (parameters.length() < MAX_PARAMETERS) {
            parameters.append((char) c);
        }
    }

    /** Follows a control that begins something else wherever it comes, and returns whether this is one. */
    private boolean interrupts(int c) {
        if (c == ESC) {
            escape(false);
            return true;
        }
        if (c >= 0x80 && c <= 0x9F) {
            introduce(c);
            return true;
        }
        return false;
    }

    private void onFinal(int c, boolean ss3) {
        String given = parameters.toString();
        if (ss3) {
            finish(KeySequences.ofSs3(given, (char) c));
        } else if (c == '~' && given.equals(PASTE_START)) {
            pasted.setLength(0);
            endMatched = 0;
            state = State.PASTE;
        } else if (given.isEmpty() && c == '[') {
            state = State.LINUX;
        } else if (given.isEmpty() && (c == 'M' || c == 't' || c == 'T')) {
            // The mouse reports of xterm: normal, and the two of highlight tracking.
            coordinates = c == 'M' ? 3 : c == 't' ? 2 : 6;
            state = State.COORDINATES;
        } else if (given.isEmpty() && (c == 'I' || c == 'O')) {
            report(new TerminalInput.Focus(c == 'I'));
        } else if (c == 'M' && given.startsWith("<")) {
            report(TerminalInput.Mouse.of(given));
        } else if (c == 'u' && given.startsWith("?")) {
            report(TerminalInput.KeyboardFlags.of(given));
        } else if (given.length() == MAX_PARAMETERS) {
            finish(null);
        } else {
            phase = KeySequences.phaseOf(given);
            String text = c == 'u' ? KeySequences.textOf(given) : "";
            if (text.length() > 1) {
                text.chars().forEach(typed -> finish(KeySequences.ofCharacter(typed, false)));
            } else {
                finish(KeySequences.ofCsi(given, (char) c));
            }
            phase = KeyPhase.PRESSED;
        }
    }

    /** Ends a sequence that is no key; null: it means nothing here. */
    private void report(@Nullable TerminalInput report) {
        if (report != null) {
            decoded.add(report);
        }
        finish(null);
    }

    private void onString(int c) {
        if (c == STRING_TERMINATOR || c == BEL && state == State.OSC) {
            endString();
        } else if (c == ESC) {
            escape(false);
            endsString = true;
        } else if (state == State.OSC && parameters.length() < MAX_PARAMETERS) {
            parameters.appendCodePoint(c);
        }
    }

    /** Ends a control string; only OSC has parameters. */
    private void endString() {
        report(TerminalInput.BackgroundColor.of(parameters));
    }

    /** Without UTF-8, two coordinates may look like one character; then one character too many is swallowed, not one too few. */
    private void onCoordinate(int c) {
        if (c == ESC) {
            escape(false);
            return;
        }
        coordinates--;
        if (coordinates == 0 || c > 0 && c < ' ') {
            finish(null);
        }
    }

    private void onPasted(int c) {
        boolean oneByteCsi = c == 0x9B;
        if (oneByteCsi || c == ESC) {
            keep(PASTE_END.substring(0, endMatched));
            endMatched = oneByteCsi ? 2 : 1;
        } else if (endMatched > 0 && c == PASTE_END.charAt(endMatched)) {
            endMatched++;
            if (endMatched == PASTE_END.length()) {
                decoded.add(new TerminalInput.Paste(pasted.toString()));
                finish(null);
            }
        } else {
            keep(PASTE_END.substring(0, endMatched));
            endMatched = 0;
            keep(Character.toString(c));
        }
    }

    private void keep(String text) {
        if (pasted.length() + text.length() <= MAX_PASTE) {
            pasted.append(text);
        }
    }

    /** Ends a sequence; null: it is no key. */
    private void finish(@Nullable KeyStroke key) {
        boolean alt = altEscape;
        state = State.GROUND;
        altEscape = false;
        if (key != null) {
            key(alt ? KeySequences.withAlt(key) : key);
        }
    }

    private void key(KeyStroke key) {
        decoded.add(new TerminalInput.Key(key, phase));
    }
}
