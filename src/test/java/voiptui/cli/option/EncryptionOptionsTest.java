package voiptui.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import voiptui.call.EncryptionPolicy;
import voiptui.call.EncryptionPolicy.ChangedPeers;

class EncryptionOptionsTest {

    @Command
    private static final class Options {
        @Mixin
        private EncryptionOptions encryption;
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, false, ASK",
        "'', false, false, REFUSE",
        "--accept-changed, true, false, ACCEPT",
        "--accept-changed, false, false, ACCEPT",
        "--require-encryption, false, true, REFUSE",
    })
    void shouldDemandWhatTheUserSays(String words, boolean asks, boolean required, ChangedPeers changed) {
        Options options = new Options();
        new CommandLine(options).parseArgs(words.isEmpty() ? new String[0] : words.split(" "));

        assertThat(options.encryption.policy(asks)).isEqualTo(new EncryptionPolicy(required, changed));
    }
}
