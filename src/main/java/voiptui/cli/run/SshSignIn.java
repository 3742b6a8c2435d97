package voiptui.cli.run;

import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.session.SessionConfig;
import voiptui.session.SshAccess;

/**
 * Connects through {@code ssh} before there is a screen, so that {@code ssh} can ask for a password, a passphrase or the host's
 * key on the terminal, and shows what it prints. The session goes on with that connection. Main thread.
 */
public final class SshSignIn {

    private SshSignIn() {}

    /** Lets {@code ssh} ask from now on, if there is a terminal to ask on; for a program that shows no screen. */
    public static void letAsk(SshAccess ssh) {
        if (FullScreen.isTerminal()) {
            ssh.letAsk(System.err::println);
        }
    }

    /**
     * Connects.
     *
     * @throws CommandFailure if there is no connection; the message is for the user
     */
    static void connect(SessionConfig config, SshAccess ssh) throws CommandFailure {
        try {
            ssh.letAsk(System.err::println);
            SshAccess.Outcome outcome = ssh.connect(config.identity(), config.timeoutMs());
            if (outcome instanceof SshAccess.Outcome.Failed failed) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE, "relay " + config.relayName() + " is unreachable: " + failed.problem());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNREACHABLE, "relay: interrupted");
        } finally {
            ssh.letAsk(null);
        }
    }
}
