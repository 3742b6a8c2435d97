package voiptui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.DeviceCatalog;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;
import voiptui.phone.peers.BlockedCallers;
import voiptui.phone.peers.FavoriteStore;
import voiptui.phone.peers.Favorites;
import voiptui.phone.peers.FileWriter;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;
import voiptui.testkit.ManualClock;

/** Commands between calls, on a phone without devices. */
class PhoneCommandsTest {

    private final List<PhoneEvent> published = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final FileWriter files = new FileWriter();
    private final Favorites favorites = new Favorites(FavoriteStore.NONE, files, (name, problem) -> {});
    private final PhoneEffects effects = new NoEffects();
    private final PhoneMachine machine = new PhoneMachine(
            true,
            new CallScreening(false, AnonymousCallers.RING, new BlockedCallers(List.of()), EncryptionScreening.NONE),
            favorites::contains,
            () -> 0,
            clock,
            effects);
    private final Ringer ringer = new Ringer(null, PcmFormat.OPUS, (thread, bug) -> {});
    private final DeviceCatalog nothing = new DeviceCatalog() {
        @Override
        public DeviceRequest<AudioSource> microphone(String text) {
            throw new IllegalArgumentException("no microphone");
        }

        @Override
        public DeviceRequest<AudioSink> speaker(String text) {
            throw new IllegalArgumentException("no speaker");
        }

        @Override
        public List<AudioDevice> devices(AudioDirection direction) {
            return List.of();
        }
    };
    private final PhoneCommands commands = new PhoneCommands(
            machine,
            new PhoneDevices(
                    new PhoneAudio(
                            OpenedDevice.later(new DeviceRequest<>("silence", () -> null, false, false)),
                            OpenedDevice.later(new DeviceRequest<>("null", () -> null, false, false)),
                            null,
                            new MediaEnvironment(nothing, Path.of(""), clock)),
                    ringer,
                    new EventBus(),
                    clock,
                    Runnable::run,
                    (thread, bug) -> {}),
            favorites,
            effects);

    private final class NoEffects implements PhoneEffects {
        @Override
        public void say(ClientMessage message) {}

        @Override
        public void dial(String target) {}

        @Override
        public void accept(String call, String from, @Nullable String fingerprint, boolean confirmed) {}

        @Override
        public void hangUp() {}

        @Override
        public void saveBlocked(PhoneEvent.BlockedPeer peer, boolean blocked) {}

        @Override
        public void ring(boolean on) {}

        @Override
        public void publish(PhoneEvent event) {
            published.add(event);
        }

        @Override
        public void ended(EndReason reason) {}
    }

    @AfterEach
    void close() {
        files.close();
        ringer.close();
    }

    @Test
    void shouldShowAFavoriteAtOnceAndAfterTheSecondCommandNoLonger() {
        machine.onSignedIn("dora");
        machine.onMessage(new RelayMessage.Contacts(List.of(new RelayMessage.Contact("ben", true, false, 0)), false));
        published.clear();

        commands.onCommand(new Command.ToggleFavorite("ben"), null);
        commands.onCommand(new Command.ToggleFavorite("ben"), null);

        assertThat(published)
                .containsExactly(
                        new PhoneEvent.FavoriteChanged("ben", true),
                        new PhoneEvent.Contacts(List.of(new PhoneEvent.Contact("ben", true, false, 0, false, true))),
                        new PhoneEvent.FavoriteChanged("ben", false),
                        new PhoneEvent.Contacts(List.of(new PhoneEvent.Contact("ben", true, false, 0, false, false))));
    }

    @Test
    void shouldTakeNamesOnlyAsFavorites() {
        commands.onCommand(new Command.ToggleFavorite("\033[2J x"), null);

        assertThat(published).containsExactly(new PhoneEvent.FavoriteFailed("\033[2J x", "is not a name"));
    }

    @Test
    void shouldLeaveTheDevicesAloneWhileSomebodyCalls() {
        machine.onSignedIn("dora");
        machine.onMessage(new RelayMessage.Incoming(
                "1".repeat(32), "ben", new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE)));
        published.clear();

        commands.onCommand(new Command.ToggleEchoTest(), null);
        commands.onCommand(new Command.PreviewMicrophone("default"), null);

        assertThat(published)
                .hasSize(2)
                .allMatch(event -> event instanceof PhoneEvent.CommandRefused refused
                        && refused.problem().startsWith("somebody is calling"));
    }

    @Test
    void shouldSayThatThereIsNoCallToMute() {
        commands.onCommand(new Command.ToggleMute(), null);

        assertThat(published).containsExactly(new PhoneEvent.CommandRefused("there is no call"));
    }
}
