package voiptui.tui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneAttentionTest {

    @Test
    void shouldSayWhoCallsAndOnlyWhileTheyDo() {
        PhoneProgram program = new PhoneProgram();
        assertThat(program.attention(PhoneScene.incoming().model)).endsWith(" calling");
        assertThat(program.attention(PhoneScene.idle().model)).isEmpty();
        assertThat(program.attention(PhoneScene.inCall().model)).isEmpty();
    }
}
