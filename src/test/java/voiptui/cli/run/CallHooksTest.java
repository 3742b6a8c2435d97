package voiptui.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.testkit.Deadline;

class CallHooksTest {

    private static final CallHooks.Commands COMMANDS = new CallHooks.Commands("ring", "answer", "end");

    private final List<String> ran = new ArrayList<>();

    private CallHooks hooks(CallHooks.Commands commands, String peer) {
        return new CallHooks(commands, "relay.example:8888", peer, (command, facts) -> ran.add(command + " " + facts));
    }

    private static CallEvent state(CallState state) {
        return new CallEvent.StateChanged(state, 0, 0, 0, null, "");
    }

    private static CallEvent summary(EndReason reason) {
        return new CallEvent.Summary(
                CallState.IN_CALL, reason, 65_432, 50, 50, 0, 0, 0, 0, 0, 0, 0, 60, null, "opus", -20);
    }

    @Test
    void shouldTellTheFactsOfAPhonesCalls() {
        CallHooks hooks = hooks(COMMANDS, "");
        hooks.onEvent(new PhoneEvent.Incoming("anna\033[m"));
        hooks.onEvent(new PhoneEvent.CallStarted("anna", false));
        hooks.onEvent(state(CallState.IN_CALL));
        hooks.onEvent(state(CallState.PEER_SILENT));
        hooks.onEvent(state(CallState.IN_CALL));
        hooks.onEvent(summary(EndReason.PEER_LEFT));
        hooks.onEvent(new PhoneEvent.CallStarted("ben", true));
        hooks.onEvent(summary(EndReason.QUIT));

        String relay = "VOIPTUI_RELAY=relay.example:8888";
        assertThat(ran)
                .containsExactly(
                        "ring {VOIPTUI_DIRECTION=incoming, VOIPTUI_EVENT=ring, VOIPTUI_PEER=anna [m, " + relay + "}",
                        "answer {VOIPTUI_DIRECTION=incoming, VOIPTUI_EVENT=answer, VOIPTUI_PEER=anna, " + relay + "}",
                        "end {VOIPTUI_ANSWERED=yes, VOIPTUI_DIRECTION=incoming, VOIPTUI_EVENT=end, VOIPTUI_PEER=anna,"
                                + " VOIPTUI_REASON=PEER_LEFT, " + relay + ", VOIPTUI_SECONDS=65}",
                        "end {VOIPTUI_ANSWERED=no, VOIPTUI_DIRECTION=outgoing, VOIPTUI_EVENT=end, VOIPTUI_PEER=ben,"
                                + " VOIPTUI_REASON=QUIT, " + relay + ", VOIPTUI_SECONDS=65}");
    }

    @Test
    void shouldRunNothingThatWasNotGiven() {
        CallHooks hooks = hooks(new CallHooks.Commands(null, null, "end"), "ben");
        hooks.onEvent(new PhoneEvent.Incoming("anna"));
        hooks.onEvent(state(CallState.IN_CALL));
        hooks.onEvent(summary(EndReason.DURATION));

        assertThat(ran).singleElement().asString().startsWith("end ").contains("VOIPTUI_PEER=ben", "outgoing");
        assertThat(new CallHooks.Commands(null, null, null).isEmpty()).isTrue();
    }

    @Test
    void shouldRunAShell() throws Exception {
        Path file = Files.createTempFile("voiptui-hook", "");
        try {
            CallHooks hooks = new CallHooks(
                    new CallHooks.Commands(null, "echo \"$VOIPTUI_PEER\" > '" + file + "'", null),
                    "relay",
                    "ben",
                    true);
            hooks.onEvent(state(CallState.IN_CALL));

            Deadline.require(
                    10_000, () -> "what the command wrote", () -> file.toFile().length() > 0);
            assertThat(file).hasContent("ben");
        } finally {
            Files.delete(file);
        }
    }
}
