package voiptui.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.protocol.RelayMessage;

class SentMessagesTest {

    private final SentMessages sent = new SentMessages();

    private static RelayMessage message(int number) {
        return new RelayMessage.Missed("attic", number);
    }

    @Test
    void shouldDropWhatTheClientHasReceived() {
        for (int i = 1; i <= 3; i++) {
            sent.add(message(i));
        }
        sent.confirm(2);
        assertThat(sent.unconfirmed()).containsExactly(message(3));
        sent.confirm(1);
        assertThat(sent.unconfirmed()).as("an older confirmation").containsExactly(message(3));
    }

    @Test
    void shouldIgnoreAConfirmationOfMoreThanWasSent() {
        sent.add(message(1));
        sent.confirm(2);
        assertThat(sent.unconfirmed()).containsExactly(message(1));
    }

    @Test
    void shouldKeepTheNewestAndTheirNumbers() {
        for (int i = 1; i <= SentMessages.MAX_KEPT + 10; i++) {
            sent.add(message(i));
        }
        assertThat(sent.unconfirmed()).hasSize(SentMessages.MAX_KEPT).startsWith(message(11));
        sent.confirm(11);
        assertThat(sent.unconfirmed()).startsWith(message(12));
        sent.confirmAll();
        assertThat(sent.unconfirmed()).isEmpty();
    }
}
