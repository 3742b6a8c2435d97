package voiptui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FinishedCallsTest {

    @Test
    void shouldForgetTheCallThatWasAddedLongestAgo() {
        FinishedCalls calls = new FinishedCalls();
        for (int i = 0; i < FinishedCalls.MAX_REMEMBERED; i++) {
            calls.add("call " + i);
        }
        calls.add("call 0");
        calls.add("one more");

        assertThat(calls.contains("call 0")).as("added again").isTrue();
        assertThat(calls.contains("call 1")).as("the oldest").isFalse();
        assertThat(calls.contains("call 2")).isTrue();
        assertThat(calls.contains("one more")).isTrue();
    }
}
