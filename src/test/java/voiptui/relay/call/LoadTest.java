package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadTest extends RegistrarFixture {

    @Test
    void shouldCountWhoIsThereAndWhatIsGoingOn() {
        play("dora in; attic in; cellar in; dora call 1 attic");
        assertThat(registrar.load().online()).isEqualTo(3);
        assertThat(registrar.load().unanswered()).isEqualTo(1);
        assertThat(registrar.load().calls()).isZero();

        play("attic accept 1");

        assertThat(registrar.load().unanswered()).isZero();
        assertThat(registrar.load().calls()).isEqualTo(1);
        assertThat(registrar.load().mixedCalls()).isZero();
        assertThat(registrar.load().legs())
                .containsExactlyInAnyOrder(
                        session("dora").flow().legs(), session("attic").flow().legs());
    }
}
