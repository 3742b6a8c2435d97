package voiptui.audio.device.sdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.AudioUnavailableException.Subject;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.DeviceChoice;
import voiptui.audio.device.sdl.SdlDriver.Direction;

class SdlSystemTest {

    private final FakeDriver driver = new FakeDriver();
    private long nowNs;
    private final SdlSystem system = new SdlSystem(driver, () -> nowNs, this::run);
    /** What an open device delivers or takes, compared with the clock; 0: nothing. */
    private double pace;

    private final List<SdlStream> closing = new ArrayList<>();

    private SdlStream open(@Nullable String name) throws AudioUnavailableException {
        return system.open(
                Direction.PLAYBACK, name == null ? null : new DeviceChoice(name), PcmFormat.OPUS, 256, closing::add);
    }

    private void run(long ns) {
        nowNs += ns;
        driver.run((int) (pace * PcmFormat.OPUS.sampleRateHz() * ns / 1_000_000_000L));
    }

    private void pass(long ms) {
        for (long left = ms; left > 0; left -= 100) {
            nowNs += 100 * NS_PER_MS;
            system.tick();
        }
    }

    @Test
    void shouldListDevicesInTheOrderOfTheirAppearanceUnderNamesOfTheirOwn() throws AudioUnavailableException {
        driver.plug(Direction.PLAYBACK, "Headset");
        driver.plug(Direction.CAPTURE, "Camera");
        driver.plug(Direction.PLAYBACK, "Built-in");
        driver.plug(Direction.PLAYBACK, "Headset");

        assertThat(system.devices(Direction.PLAYBACK))
                .containsExactly(
                        new AudioDevice(0, "Headset", "48000 Hz, mono", List.of()),
                        new AudioDevice(1, "Built-in", "48000 Hz, mono", List.of()),
                        new AudioDevice(2, "Headset (2)", "48000 Hz, mono", List.of()));
        assertThat(system.devices(Direction.CAPTURE))
                .extracting(AudioDevice::name)
                .containsExactly("Camera");
    }

    @Test
    void shouldOpenTheSecondOfTwoDevicesOfTheSameName() throws AudioUnavailableException {
        driver.plug(Direction.PLAYBACK, "Headset");
        int second = driver.plug(Direction.PLAYBACK, "Headset");
        SdlStream stream = open("headset (2)");
        driver.forget(second);
        assertThat(driver.nameOf(stream.number())).isNull();
    }

    @Test
    void shouldNoticeThatDevicesComeAndGo() throws AudioUnavailableException {
        system.devices(Direction.PLAYBACK);
        int before = system.revision();
        pass(300);
        assertThat(system.revision()).isEqualTo(before);
        driver.plug(Direction.PLAYBACK, "Headset");
        pass(100);
        assertThat(system.revision()).isNotEqualTo(before);
    }

    @Test
    void shouldCallAChosenDeviceLostAsSoonAsItIsRemoved() throws AudioUnavailableException {
        int headset = driver.plug(Direction.PLAYBACK, "Headset");
        SdlStream stream = open("Headset");
        assertThat(stream.problem()).isNull();
        driver.unplug(headset);
        pass(100);
        assertThat(stream.problem()).isEqualTo("was disconnected");
        assertThat(system.devices(Direction.PLAYBACK)).as("nothing to choose").isEmpty();
    }

    @Test
    void shouldStayWithTheDefaultWhenAnotherDeviceTakesOver() throws AudioUnavailableException {
        int headset = driver.plug(Direction.PLAYBACK, "Headset");
        int builtIn = driver.plug(Direction.PLAYBACK, "Built-in");
        driver.defaultDevice = headset;
        SdlStream stream = open(null);
        driver.unplug(headset);
        pass(200);
        assertThat(stream.moves()).isZero();
        driver.changeDefault(builtIn);
        pass(2_000);
        assertThat(stream.problem()).isNull();
        assertThat(stream.moves()).isEqualTo(1);
    }

    @Test
    void shouldCallTheDefaultLostWhenNoOtherTakesOver() throws AudioUnavailableException {
        int headset = driver.plug(Direction.PLAYBACK, "Headset");
        driver.defaultDevice = headset;
        SdlStream stream = open(null);
        driver.unplug(headset);
        pass(300);
        assertThat(stream.problem()).as("in the time of grace").isNull();
        pass(300);
        assertThat(stream.problem()).isEqualTo("was disconnected");
    }

    @Test
    void shouldConnectAgainWhenNothingIsOpenAndADeviceCannotBeOpened() throws AudioUnavailableException {
        driver.defaultDevice = driver.plug(Direction.PLAYBACK, "Headset");
        system.connect();
        driver.broken = true;

        open(null);

        assertThat(driver.connections).isEqualTo(2);
    }

    @Test
    void shouldNotDisturbOpenDevicesWhenAnotherCannotBeOpened() throws AudioUnavailableException {
        driver.plug(Direction.PLAYBACK, "Headset");
        open("Headset");
        driver.broken = true;
        assertThatExceptionOfType(AudioUnavailableException.class)
                .isThrownBy(() -> open("Headset"))
                .withMessage("cannot open speaker 'Headset': connection terminated");
        assertThat(driver.disconnections).isZero();
    }

    @Test
    void shouldLookForASoundServerAgainWhereThereWasNone() throws AudioUnavailableException {
        driver.driver = "alsa";
        driver.defaultDevice = driver.plug(Direction.PLAYBACK, "ALSA default");
        system.connect();
        driver.driver = "pulseaudio";
        open(null);
        assertThat(system.driverName()).isEqualTo("pulseaudio");
    }

    @Test
    void shouldSayWhySdlCannotBeUsed() {
        driver.driver = null;
        assertThat(system.connect()).isEqualTo("SDL finds no sound system: connection terminated");
        driver.unloadable = new UnsatisfiedLinkError("no directory /opt/natives");
        assertThat(new SdlSystem(driver, () -> nowNs, this::run).connect())
                .isEqualTo("SDL cannot be loaded: no directory /opt/natives");
    }

    @Test
    void shouldSayThatThereIsNoDefaultDevice() {
        assertThatExceptionOfType(AudioUnavailableException.class)
                .isThrownBy(() -> open(null))
                .withMessage("no working speaker")
                .satisfies(unavailable -> assertThat(unavailable.namedByUser()).isFalse());
        assertThatExceptionOfType(AudioUnavailableException.class)
                .isThrownBy(() -> open("Headset"))
                .satisfies(unavailable -> assertThat(unavailable.namedByUser()).isTrue());
    }

    @Test
    void shouldCloseAStreamOnce() throws AudioUnavailableException {
        driver.plug(Direction.PLAYBACK, "Headset");
        SdlStream stream = open("Headset");
        stream.close();
        stream.close();
        assertThat(closing).containsExactly(stream);
        system.close(stream);
        system.onClosed(stream);
        assertThat(driver.closed).containsExactly(stream.handle());
        assertThat(stream.queuedSamples()).as("no longer asks SDL").isZero();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void shouldRefuseAndCloseADeviceThatKeepsNoTime(Direction direction) {
        driver.driver = "alsa";
        driver.defaultDevice = driver.plug(direction, "null");
        pace = 600;

        assertThatExceptionOfType(AudioUnavailableException.class)
                .isThrownBy(() -> system.open(direction, null, PcmFormat.OPUS, 256, closing::add))
                .satisfies(unusable -> assertThat(unusable.subject()).isEqualTo(Subject.UNPACED_DEVICE))
                .withMessageContaining("keeps no time; use --audio-backend java");
        assertThat(driver.closed).hasSize(1);
        assertThat(nowNs).as("time that it ran").isLessThanOrEqualTo(10 * NS_PER_MS);
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE, 1", "CAPTURE, 1.01", "CAPTURE, 0", "PLAYBACK, 1", "PLAYBACK, 1.01", "PLAYBACK, 0"})
    void shouldOpenADeviceThatKeepsTimeOrDoesNotRunYetWithoutAudioOfTheTrial(Direction direction, double realPace)
            throws AudioUnavailableException {
        driver.driver = "alsa";
        driver.defaultDevice = driver.plug(direction, "Built-in");
        pace = realPace;

        SdlStream stream = system.open(direction, null, PcmFormat.OPUS, 256, closing::add);

        assertThat(driver.available(stream.handle())).isZero();
        assertThat(driver.closed).isEmpty();
        assertThat(nowNs).isLessThanOrEqualTo(PaceTrial.MAX_MS * NS_PER_MS);
    }

    @Test
    void shouldOpenADeviceOfASoundServerWithoutATrial() throws AudioUnavailableException {
        driver.defaultDevice = driver.plug(Direction.PLAYBACK, "Built-in");

        open(null);

        assertThat(nowNs).isZero();
        assertThat(driver.cleared).isZero();
    }
}
