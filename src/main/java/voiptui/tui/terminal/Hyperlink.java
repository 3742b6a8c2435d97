package voiptui.tui.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that the terminal opens when the user asks it to. Only web addresses become links, written in the characters of RFC 3986, and
 * only what is visible as a whole: nobody is led elsewhere than to where the text says.
 *
 * @param url the address, in ASCII
 * @param id makes one link of cells in different rows; the same for the same link in each frame
 */
public record Hyperlink(String url, String id) {

    /** The longest address that becomes a link, in characters. */
    static final int MAX_CHARACTERS = 500;

    /**
     * A scheme, then what follows up to the next space; not in the middle of a word.
     */
    private static final Pattern CANDIDATE =
            Pattern.compile("(?<![\\p{L}\\p{N}_])https?://[^\\s]+", Pattern.CASE_INSENSITIVE);

    /**
     * A host, perhaps a port, perhaps the rest; without a user, who would look like the host. Of RFC 3986, section 2, the quote is left
     * out.
     */
    private static final Pattern SAFE =
            Pattern.compile("(?i:https?)://(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?"
                    + "(?:[/?#][A-Za-z0-9._~:/?#\\[\\]@!$&()*+,;=%-]*)?");

    private static final String CLOSING = ".,;:!?)]}>\"'";

    /**
     * Where a link is in a text.
     *
     * @param from the index of its first character
     * @param to the index after its last one
     */
    public record Place(int from, int to, Hyperlink link) {}

    /** Creates a link from an address that {@link #in} has found. */
    public Hyperlink {
        if (!SAFE.matcher(url).matches() || url.length() > MAX_CHARACTERS || !id.matches("[0-9a-z-]{1,40}")) {
            throw new IllegalArgumentException("not a safe link");
        }
    }

    /**
     * Finds the web addresses in a text that are safe to be links. What closes a sentence or brackets around an address is no part of
     * it.
     *
     * @param id makes the links of this text differ from those of others: digits and small letters
     */
    public static List<Place> in(String text, String id) {
        List<Place> places = new ArrayList<>();
        if (!text.contains("://")) {
            return places;
        }
        Matcher candidate = CANDIDATE.matcher(text);
        while (candidate.find()) {
            int end = candidate.end();
            while (CLOSING.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            String url = text.substring(candidate.start(), end);
            if (url.length() <= MAX_CHARACTERS && SAFE.matcher(url).matches()) {
                places.add(new Place(candidate.start(), end, new Hyperlink(url, id + "-" + places.size())));
            }
        }
        return places;
    }

    /** Returns what begins the link in a terminal (OSC 8, Hyperlinks in Terminal Emulators). */
    String begin() {
        return "\033]8;id=" + id + ";" + url + "\033\\";
    }

    /** Returns what ends a link in a terminal. */
    static String end() {
        return "\033]8;;\033\\";
    }
}
