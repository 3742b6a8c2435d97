package voiptui.tui.terminal.input;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What terminals send: the keys of an xterm, a VT420, kitty and the Linux console, and what else is not a key. */
final class KeyTables {

    /**
     * A sequence of bytes.
     *
     * @param name for people
     * @param bytes what the terminal sends
     * @param means the keys or the pasted text that it stands for
     */
    record Sequence(String name, byte[] bytes, List<TerminalInput> means) {

        @Override
        public String toString() {
            return name;
        }
    }

    static final String CSI = "\033[";
    static final String SS3 = "\033O";
    private static final String ST = "\033\\";
    /** After ESC, these begin a sequence; Alt and one of them cannot be told from it in time. */
    private static final String INTRODUCERS = "[O]P^_X";

    private static final KeyType[] CURSOR = {
        KeyType.ArrowUp, KeyType.ArrowDown, KeyType.ArrowRight, KeyType.ArrowLeft, KeyType.Home, KeyType.End
    };
    private static final String CURSOR_FINALS = "ABCDHF";
    private static final KeyType[] EDITING = {
        KeyType.Home, KeyType.Insert, KeyType.Delete, KeyType.End, KeyType.PageUp, KeyType.PageDown
    };
    private static final int[] FUNCTION_NUMBERS = {15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33};

    private KeyTables() {}

    /** All keys. */
    static List<Sequence> keys() {
        List<Sequence> keys = new ArrayList<>();
        characters(keys);
        xterm(keys);
        vt420(keys);
        kitty(keys);
        linux(keys);
        keys.add(new Sequence(
                "a paste",
                latin1(CSI + "200~mqr \033[A\r\nq" + CSI + "201~"),
                List.of(new TerminalInput.Paste("mqr \033[A\r\nq"))));
        return keys;
    }

    private static void characters(List<Sequence> keys) {
        for (char c = ' '; c <= '~'; c++) {
            add(keys, "", c + "", new KeyStroke(c, false, false));
            if (INTRODUCERS.indexOf(c) < 0) {
                add(keys, "Alt+", "\033" + c, new KeyStroke(c, false, true));
            }
        }
        for (char letter = 'a'; letter <= 'z'; letter++) {
            if ("hijm".indexOf(letter) < 0) {
                add(keys, "Ctrl+", (char) (letter - 'a' + 1) + "", new KeyStroke(letter, true, false));
            }
        }
        for (char letter : "äé€漢".toCharArray()) {
            byte[] bytes = Character.toString(letter).getBytes(StandardCharsets.UTF_8);
            keys.add(new Sequence(
                    "" + letter, bytes, List.of(new TerminalInput.Key(new KeyStroke(letter, false, false)))));
        }
        add(keys, "", "\r", new KeyStroke(KeyType.Enter));
        add(keys, "", "\t", new KeyStroke(KeyType.Tab));
        add(keys, "", "\b", new KeyStroke(KeyType.Backspace));
        add(keys, "", "\177", new KeyStroke(KeyType.Backspace));
        add(keys, "", "\0", new KeyStroke(' ', true, false));
    }

    private static void xterm(List<Sequence> keys) {
        for (int i = 0; i < CURSOR.length; i++) {
            char last = CURSOR_FINALS.charAt(i);
            add(keys, "xterm ", CSI + last, new KeyStroke(CURSOR[i]));
            add(keys, "xterm ", SS3 + last, new KeyStroke(CURSOR[i]));
            for (int modifier = 2; modifier <= 8; modifier++) {
                add(keys, "xterm ", CSI + "1;" + modifier + last, modified(CURSOR[i], modifier));
            }
        }
        for (int i = 0; i < 4; i++) {
            KeyType function = KeyType.valueOf("F" + (i + 1));
            char last = (char) ('P' + i);
            add(keys, "xterm ", SS3 + last, new KeyStroke(function));
            if (last != 'R') {
                add(keys, "xterm ", CSI + "1;5" + last, modified(function, 5));
            }
        }
        for (int i = 0; i < EDITING.length; i++) {
            add(keys, "xterm ", CSI + (i + 1) + "~", new KeyStroke(EDITING[i]));
            add(keys, "xterm ", CSI + (i + 1) + ";3~", modified(EDITING[i], 3));
        }
        for (int i = 0; i < FUNCTION_NUMBERS.length; i++) {
            KeyType function = KeyType.valueOf("F" + (i + 5));
            add(keys, "xterm ", CSI + FUNCTION_NUMBERS[i] + "~", new KeyStroke(function));
            add(keys, "xterm ", CSI + FUNCTION_NUMBERS[i] + ";2~", modified(function, 2));
        }
        add(keys, "xterm ", CSI + "Z", new KeyStroke(KeyType.ReverseTab));
        add(keys, "xterm modifyOtherKeys ", CSI + "27;5;109~", new KeyStroke('m', true, false));
        add(keys, "xterm formatOtherKeys ", CSI + "109;3u", new KeyStroke('m', false, true));
        add(keys, "rxvt ", CSI + "a", modified(KeyType.ArrowUp, 2));
        add(keys, "rxvt ", CSI + "7$", modified(KeyType.Home, 2));
        add(keys, "rxvt ", CSI + "5^", modified(KeyType.PageUp, 5));
        add(keys, "rxvt Alt+", "\033\033[A", modified(KeyType.ArrowUp, 3));
    }

    private static void vt420(List<Sequence> keys) {
        String keypad = "*+,-./0123456789";
        for (String[] controls : new String[][] {{CSI, SS3}, {"\u009b", "\u008f"}}) {
            for (int i = 0; i < 4; i++) {
                add(keys, "VT420 ", controls[0] + CURSOR_FINALS.charAt(i), new KeyStroke(CURSOR[i]));
                add(keys, "VT420 PF", controls[1] + (char) ('P' + i), new KeyStroke(KeyType.valueOf("F" + (i + 1))));
            }
            for (int i = 0; i < EDITING.length; i++) {
                add(keys, "VT420 ", controls[0] + (i + 1) + "~", new KeyStroke(EDITING[i]));
            }
            for (int i = 0; i < keypad.length(); i++) {
                add(
                        keys,
                        "VT420 keypad ",
                        controls[1] + (char) ('j' + i),
                        new KeyStroke(keypad.charAt(i), false, false, false));
            }
            add(keys, "VT420 keypad ", controls[1] + "M", new KeyStroke(KeyType.Enter));
            add(keys, "VT420 F20 ", controls[0] + "34~");
        }
    }

    private static void kitty(List<Sequence> keys) {
        add(keys, "kitty ", CSI + "27u", new KeyStroke(KeyType.Escape));
        add(keys, "kitty ", CSI + "13u", new KeyStroke(KeyType.Enter));
        add(keys, "kitty ", CSI + "9u", new KeyStroke(KeyType.Tab));
        add(keys, "kitty ", CSI + "9;2u", modified(KeyType.ReverseTab, 2));
        add(keys, "kitty ", CSI + "127u", new KeyStroke(KeyType.Backspace));
        add(keys, "kitty ", CSI + "109u", new KeyStroke('m', false, false));
        add(keys, "kitty ", CSI + "109;1:1u", new KeyStroke('m', false, false));
        addPhase(keys, CSI + "43;1:2u", new KeyStroke('+', false, false), KeyPhase.REPEATED);
        addPhase(keys, CSI + "109;1:3u", new KeyStroke('m', false, false), KeyPhase.RELEASED);
        add(keys, "kitty ", CSI + "32u", new KeyStroke(' ', false, false));
        add(keys, "kitty ", CSI + "32;;32u", new KeyStroke(' ', false, false));
        addPhase(keys, CSI + "32;1:2;32u", new KeyStroke(' ', false, false), KeyPhase.REPEATED);
        addPhase(keys, CSI + "32;1:3u", new KeyStroke(' ', false, false), KeyPhase.RELEASED);
        addPhase(keys, CSI + "97;2:2;65u", new KeyStroke('A', false, false), KeyPhase.REPEATED);
        add(keys, "kitty dead key ", CSI + "101;;233u", new KeyStroke('é', false, false));
        add(keys, "kitty input method ", CSI + "0;;228u", new KeyStroke('ä', false, false));
        add(
                keys,
                "kitty types two ",
                CSI + "0;;228:98u",
                new KeyStroke('ä', false, false),
                new KeyStroke('b', false, false));
        add(keys, "kitty AltGr ", CSI + "113;;64u", new KeyStroke('@', false, false));
        add(keys, "kitty ", CSI + "109:77;2u", new KeyStroke('M', false, false));
        add(keys, "kitty ", CSI + "47:63;2u", new KeyStroke('?', false, false));
        add(keys, "kitty ", CSI + "47;2;63u", new KeyStroke('?', false, false));
        add(keys, "kitty with Caps Lock ", CSI + "109;65u", new KeyStroke('M', false, false));
        add(keys, "kitty with Num Lock ", CSI + "109;129u", new KeyStroke('m', false, false));
        add(keys, "kitty ", CSI + "99;5u", new KeyStroke('c', true, false));
        add(keys, "kitty Super+", CSI + "109;9u");
        add(keys, "kitty ", CSI + "1;1:1A", modified(KeyType.ArrowUp, 1));
        addPhase(keys, CSI + "1;1:2A", new KeyStroke(KeyType.ArrowUp), KeyPhase.REPEATED);
        addPhase(keys, CSI + "1;1:3A", new KeyStroke(KeyType.ArrowUp), KeyPhase.RELEASED);
        addPhase(keys, CSI + "5;1:3~", new KeyStroke(KeyType.PageUp), KeyPhase.RELEASED);
        addPhase(keys, CSI + "27;1:3u", new KeyStroke(KeyType.Escape), KeyPhase.RELEASED);
        add(keys, "kitty ", CSI + "13~", new KeyStroke(KeyType.F3));
        add(keys, "kitty keypad ", CSI + "57404u", new KeyStroke('5', false, false));
        add(keys, "kitty keypad ", CSI + "57412u", new KeyStroke('-', false, false));
        add(keys, "kitty keypad ", CSI + "57414u", new KeyStroke(KeyType.Enter));
        add(keys, "kitty keypad ", CSI + "57419u", new KeyStroke(KeyType.ArrowUp));
        add(keys, "kitty Left Shift ", CSI + "57441;2u");
        add(keys, "kitty Mute Volume ", CSI + "57440u");
    }

    private static void linux(List<Sequence> keys) {
        for (int i = 0; i < 5; i++) {
            add(keys, "Linux ", CSI + "[" + (char) ('A' + i), new KeyStroke(KeyType.valueOf("F" + (i + 1))));
        }
        add(keys, "Linux ", CSI + "17~", new KeyStroke(KeyType.F6));
        add(keys, "Linux ", CSI + "4~", new KeyStroke(KeyType.End));
        add(keys, "Linux Begin ", CSI + "G");
    }

    /** What terminals send besides keys; it holds the letters of commands wherever it can. */
    static List<Sequence> reports() {
        List<Sequence> reports = new ArrayList<>();
        for (String report : new String[] {
            CSI + "<0;10;10m",
            CSI + "<1;10;10M",
            CSI + "<4;10;10M",
            CSI + "<0;0;10M",
            CSI + "<0;10;10000M",
            CSI + "<0;10M",
            CSI + "<0;;10M",
            CSI + "<0;-1;10M",
            CSI + "<64;1;1m",
            CSI + "<35;200;50M",
            CSI + "M mq",
            CSI + "M#\u00f0q",
            CSI + "32;50;50M",
            CSI + "tmq",
            CSI + "Tmqrmqr",
            CSI + "?64;1;2;6;9;15;22c",
            CSI + ">41;380;0c",
            CSI + "24;80R",
            CSI + "1;80R",
            CSI + "?24;80R",
            CSI + "0n",
            CSI + "?997;1n",
            CSI + "8;24;80t",
            CSI + "48;24;80;480;1280t",
            CSI + "?2026;2$y",
            CSI + "4;1$y",
            CSI + "?1;2u",
            CSI + "?1000u",
            CSI + "1;2;3;4&w",
            CSI + "2;1;1;112;112;1;0x",
            CSI + "9".repeat(500) + "m",
            "\u009b<0;10;10m",
            "\033]10;rgb:1e1e/1e1e/2e2e" + ST,
            "\033]11;mqr" + ST,
            "\033]11;rgb:1e1e/1e1e/2e2e;mqr\007",
            "\033P11;rgb:1e1e/1e1e/2e2e" + ST,
            "\033]52;c;bXFybXFy" + ST,
            "\033]lq? m r x a \t m" + ST,
            "\033]L" + "mqr".repeat(5000) + ST,
            "\u009d4;1;rgb:00/00/00\u009c",
            "\033P>|XTerm(380)" + ST,
            "\033P1$r0m" + ST,
            "\033P1+r544e=787465726d\007mqr" + ST,
            "\u0090!|00000000\u009c",
            "\033_Gi=31;OK mqr" + ST,
            "\033^mqr" + ST,
            "\033Xmqr" + ST,
        }) {
            add(reports, "report ", report);
        }
        for (String control : new String[] {CSI, "\u009b"}) {
            reports.add(report("focus ", control + "I", new TerminalInput.Focus(true)));
            reports.add(report("focus ", control + "O", new TerminalInput.Focus(false)));
            reports.add(report("mouse ", control + "<0;10;20M", mouse(TerminalInput.Mouse.Does.CLICK, 9, 19)));
            reports.add(report("mouse ", control + "<64;1;1M", mouse(TerminalInput.Mouse.Does.WHEEL_UP, 0, 0)));
            reports.add(report(
                    "mouse ", control + "<65;9999;9999M", mouse(TerminalInput.Mouse.Does.WHEEL_DOWN, 9998, 9998)));
            reports.add(report("keyboard ", control + "?27u", new TerminalInput.KeyboardFlags(27)));
        }
        TerminalInput white = new TerminalInput.BackgroundColor(1, 1, 1);
        for (String color : new String[] {"rgb:ffff/ffff/ffff", "rgb:ff/ff/ff", "rgb:f/fff/ffff", "rgba:ff/ff/ff/80"}) {
            for (String end : new String[] {ST, "\007", "\u009c"}) {
                String report = "\033]11;" + color + end;
                reports.add(new Sequence(shown("background ", report), latin1(report), List.of(white)));
            }
        }
        reports.add(
                new Sequence("report with UTF-8", "\033]lm “mqr” m\033\\".getBytes(StandardCharsets.UTF_8), List.of()));
        reports.add(new Sequence("mouse with UTF-8", "\033[M mĀ".getBytes(StandardCharsets.UTF_8), List.of()));
        return reports;
    }

    private static TerminalInput mouse(TerminalInput.Mouse.Does does, int column, int row) {
        return new TerminalInput.Mouse(does, column, row);
    }

    private static Sequence report(String name, String bytes, TerminalInput means) {
        return new Sequence(shown(name, bytes), latin1(bytes), List.of(means));
    }

    /** A report that nobody has seen before. */
    static Sequence randomReport(Random random) {
        StringBuilder text = new StringBuilder();
        switch (random.nextInt(3)) {
            case 0 -> {
                text.append(CSI).append("<=>?".charAt(random.nextInt(4)));
                append(text, random, "0123456789;:", 12);
                append(text, random, " !\"#%&'()*+,-./", 2);
                // Neither the answer about the keyboard nor the mouse.
                char last = (char) ('@' + random.nextInt('u' - '@'));
                text.append(last == 'M' ? 'N' : last);
            }
            case 1 -> {
                text.append("\033]");
                append(text, random, printable(), 40);
                text.append(random.nextBoolean() ? ST : "\007");
            }
            default -> {
                text.append('\033').append("P_^X".charAt(random.nextInt(4)));
                append(text, random, printable(), 40);
                text.append(ST);
            }
        }
        return new Sequence(shown("random ", text.toString()), latin1(text.toString()), List.of());
    }

    private static String printable() {
        StringBuilder all = new StringBuilder("\t\r\n");
        for (char c = ' '; c <= '~'; c++) {
            all.append(c);
        }
        return all.toString();
    }

    private static void append(StringBuilder text, Random random, String from, int atMost) {
        for (int i = random.nextInt(atMost + 1); i > 0; i--) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
    }

    private static KeyStroke modified(KeyType type, int modifier) {
        int bits = modifier - 1;
        return new KeyStroke(type, (bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0);
    }

    private static void add(List<Sequence> to, String name, String bytes, KeyStroke... keys) {
        List<TerminalInput> means = new ArrayList<>();
        for (KeyStroke key : keys) {
            means.add(new TerminalInput.Key(key));
        }
        to.add(new Sequence(shown(name, bytes), latin1(bytes), means));
    }

    private static void addPhase(List<Sequence> to, String bytes, KeyStroke key, KeyPhase phase) {
        to.add(new Sequence(shown("kitty ", bytes), latin1(bytes), List.of(new TerminalInput.Key(key, phase))));
    }

    private static String shown(String name, String bytes) {
        StringBuilder text = new StringBuilder(name);
        for (char c : bytes.length() > 60 ? bytes.substring(0, 60).toCharArray() : bytes.toCharArray()) {
            text.append(c == 033 ? "ESC " : c < ' ' || c > '~' ? String.format("<%02x>", (int) c) : "" + c);
        }
        return text.toString();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One after the other. */
    static byte[] joined(List<Sequence> sequences) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sequences.forEach(sequence -> bytes.writeBytes(sequence.bytes()));
        return bytes.toByteArray();
    }
}
