package voiptui.cli.option;

import picocli.CommandLine.Option;
import voiptui.call.EncryptionPolicy;
import voiptui.call.EncryptionPolicy.ChangedPeers;

/** The options about end-to-end encryption. */
public final class EncryptionOptions {

    @Option(
            names = "--require-encryption",
            fallbackValue = "true",
            description = "Refuse calls that are not encrypted end to end: with classic and older programs.")
    private boolean required;

    @Option(
            names = "--accept-changed",
            fallbackValue = "true",
            description = "Connect people whose fingerprint has changed without asking, and keep the new one.")
    private boolean acceptChanged;

    /**
     * Returns what the user demands.
     *
     * @param asks whether somebody is there to be asked
     */
    public EncryptionPolicy policy(boolean asks) {
        return new EncryptionPolicy(
                required, acceptChanged ? ChangedPeers.ACCEPT : asks ? ChangedPeers.ASK : ChangedPeers.REFUSE);
    }

    /** Returns whether calls that are not encrypted are refused. */
    public boolean isRequired() {
        return required;
    }
}
