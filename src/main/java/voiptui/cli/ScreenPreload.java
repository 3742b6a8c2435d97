package voiptui.cli;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.ZoneId;
import java.util.Set;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Theme;

/**
 * Initializes what the first picture of a screen needs, on a second core while the command line is parsed: the classes that
 * read an identity, the terminal's colors, the time zone. Nothing depends on it but the time until the picture.
 */
final class ScreenPreload {

    /** The commands with a screen whose users wait for it; without any, the phone may open. */
    private static final Set<String> COMMANDS = Set.of("call", "phone");

    private ScreenPreload() {}

    /**
     * Starts the thread if these arguments may open a screen. It ends by itself within a fraction of a second and does not keep the
     * process.
     */
    static void startFor(String... args) {
        if (args.length > 0 && !COMMANDS.contains(args[0])) {
            return;
        }
        Thread thread = new Thread(ScreenPreload::run, "voiptui-preload");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        try {
            KeyFactory.getInstance("EC");
            AlgorithmParameters.getInstance("EC").init(new ECGenParameterSpec("secp256r1"));
            CertificateFactory.getInstance("X.509");
            MessageDigest.getInstance("SHA-256");
            new Theme(ColorDepth.COLORS_256, Background.DARK).character(' ', Style.TEXT);
            ZoneId.systemDefault().getRules();
        } catch (GeneralSecurityException | RuntimeException ignored) {
            // who needs it will find out, and say so
        }
    }
}
