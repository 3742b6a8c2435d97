package voiptui.call.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.audio.SilenceSource;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Counter;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.OpenedDevice;
import voiptui.media.device.SystemDevices;
import voiptui.net.DatagramTransport;
import voiptui.net.HostAddresses;
import voiptui.rtp.ClassicPacket;
import voiptui.testkit.ClassicPeer;
import voiptui.time.NanoClock;

/** Runs a whole classic call with all its threads against a small relay on a real TCP port; media stays in memory. */
@Timeout(60)
class ClassicCallTest {

    private static final long SOON_MS = 30_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Delivers the queued packets, and counts the end-of-transmission packets sent. */
    private static final class Wire implements DatagramTransport {
        final BlockingQueue<byte[]> arriving = new LinkedBlockingQueue<>();
        final CountDownLatch closed = new CountDownLatch(1);
        volatile int endsSent;
        private static final byte[] CLOSING = {};

        @Override
        public int send(ByteBuffer datagram) {
            endsSent += ClassicPacket.isEndOfTransmission(datagram) ? 1 : 0;
            return datagram.remaining();
        }

        @Override
        public int receive(ByteBuffer buffer) {
            try {
                byte[] datagram = arriving.take();
                if (datagram == CLOSING) {
                    return CLOSED;
                }
                buffer.put(datagram);
                return datagram.length;
            } catch (InterruptedException stop) {
                return CLOSED;
            }
        }

        @Override
        public int localPort() {
            return 5000;
        }

        @Override
        public void close() {
            arriving.add(CLOSING);
            closed.countDown();
        }
    }

    private final Wire wire = new Wire();
    private final EventBus bus = new EventBus();
    private final Subscription events = bus.subscribe();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch microphoneClosed = new CountDownLatch(1);
    private final CountDownLatch speakerClosed = new CountDownLatch(1);
    private ServerSocket relay;

    @BeforeEach
    void listen() throws IOException {
        relay = new ServerSocket(0, 10, LOOPBACK);
        Thread thread = new Thread(this::serve, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!relay.isClosed()) {
            try (Socket socket = relay.accept()) {
                byte[] question = new byte[100];
                int length = socket.getInputStream().read(question);
                String verb =
                        new String(question, 0, length).startsWith("HELLO") ? "HELLO" : new String(question, 0, length);
                asked.add(verb);
                socket.getOutputStream()
                        .write((verb.equals("HELLO") ? "WELCOME" : verb.equals("DISCONNECT") ? "BYE" : "ALIVE")
                                .getBytes());
            } catch (IOException closed) {
                // the test ended, or the client disconnected
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
    }

    @TempDir
    private Path folder;

    private ClassicCall session(AudioSource microphone, AudioSink speaker) {
        ClassicCallConfig config = new ClassicCallConfig(
                new ClassicCallConfig.RelayAccess(
                        HostAddresses.of(new InetSocketAddress(LOOPBACK, relay.getLocalPort())), 9, 1, 5000, 30_000),
                LOOPBACK,
                null,
                5000,
                0,
                false,
                new MediaConfig(new MediaConfig.Delay(20, 500)));
        MediaEnvironment environment = new MediaEnvironment(
                new SystemDevices(PcmFormat.CLASSIC, false, NanoClock.SYSTEM), folder, InstantSource.system());
        return new ClassicCall(
                config,
                wire,
                OpenedDevice.opened("mic", microphone),
                OpenedDevice.opened("speaker", speaker),
                environment,
                bus,
                NanoClock.SYSTEM);
    }

    private static FramePacer pacer() {
        return new FramePacer(PcmFormat.CLASSIC, NanoClock.SYSTEM);
    }

    private AudioSource microphone() {
        SilenceSource silence = new SilenceSource(pacer());
        return new AudioSource() {
            @Override
            public void read(short[] frame) throws AudioLostException {
                silence.read(frame);
            }

            @Override
            public String name() {
                return "mic";
            }

            @Override
            public void close() {
                silence.close();
                microphoneClosed.countDown();
            }
        };
    }

    private AudioSink speaker(Runnable onClose) {
        NullSink nowhere = new NullSink(pacer());
        return new AudioSink() {
            @Override
            public void awaitRoom() throws AudioLostException {
                nowhere.awaitRoom();
            }

            @Override
            public void write(short[] frame) throws AudioLostException {
                nowhere.write(frame);
            }

            @Override
            public void drain() {
                nowhere.drain();
            }

            @Override
            public String name() {
                return "speaker";
            }

            @Override
            public void close() {
                nowhere.close();
                speakerClosed.countDown();
                onClose.run();
            }
        };
    }

    private void awaitState(CallState state) {
        Event event;
        do {
            event = events.poll(SOON_MS);
            assertThat(event).as("an event before %s", state).isNotNull();
        } while (!(event instanceof CallEvent.StateChanged changed && changed.state() == state));
    }

    private CallEvent.Summary awaitSummary() {
        while (true) {
            Event event = events.poll(SOON_MS);
            assertThat(event).as("an event before the summary").isNotNull();
            if (event instanceof CallEvent.Summary summary) {
                return summary;
            }
        }
    }

    @Test
    void shouldMakeACallAndReleaseEverything() throws InterruptedException {
        ClassicCall session = session(microphone(), speaker(() -> {}));
        session.start();
        awaitState(CallState.WAITING);
        wire.arriving.add(ClassicPeer.packet(0));
        awaitState(CallState.IN_CALL);
        session.hangUp(EndReason.QUIT);

        assertThat(session.awaitEnd()).isEqualTo(EndReason.QUIT);
        CallEvent.Summary summary = awaitSummary();
        assertThat(summary.state()).isEqualTo(CallState.IN_CALL);
        assertThat(summary.reason()).isEqualTo(EndReason.QUIT);
        assertThat(summary.packetsReceived()).isEqualTo(1);
        assertThat(summary.relayRttMs()).isPositive();
        assertThat(wire.endsSent).isEqualTo(3);
        assertThat(asked).containsExactly("HELLO", "DISCONNECT");
        assertThat(microphoneClosed.getCount() + speakerClosed.getCount() + wire.closed.getCount())
                .as("open devices and sockets")
                .isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("voiptui-capture", "voiptui-playout", "voiptui-network");
    }

    private <E extends Event> E await(Class<E> type) {
        Event event;
        do {
            event = events.poll(SOON_MS);
            assertThat(event).as("an event before %s", type).isNotNull();
        } while (!type.isInstance(event));
        return type.cast(event);
    }

    @Test
    void shouldFirstPublishThePeerAndTheDevices() throws InterruptedException {
        ClassicCall session = session(microphone(), speaker(() -> {}));
        session.start();

        assertThat(events.poll(SOON_MS))
                .isEqualTo(new CallEvent.Calling(
                        "127.0.0.1:" + relay.getLocalPort(), "127.0.0.1:9", "127.0.0.1", 5000, "pcm", 44_100, 706));
        assertThat(events.poll(SOON_MS)).isEqualTo(new CallEvent.AudioInUse(AudioDirection.INPUT, "mic"));
        assertThat(events.poll(SOON_MS)).isEqualTo(new CallEvent.AudioInUse(AudioDirection.OUTPUT, "speaker"));
        assertThat(await(CallEvent.Totals.class).counters().keySet())
                .containsExactlyElementsOf(Arrays.stream(Counter.values())
                        .filter(counter -> counter.side() == Counter.Side.CALL)
                        .toList());
        session.hangUp(EndReason.QUIT);
        assertThat(session.awaitEnd()).isEqualTo(EndReason.QUIT);
    }

    @Test
    void shouldCarryOutEveryCommand() throws InterruptedException {
        ClassicCall session = session(microphone(), speaker(() -> {}));
        session.start();
        awaitState(CallState.WAITING);
        session.command(new Command.ToggleMute());
        assertThat(await(CallEvent.MuteChanged.class).muted()).isTrue();
        session.command(new Command.ChangeGain(AudioDirection.INPUT, 100));
        assertThat(await(CallEvent.GainChanged.class)).isEqualTo(new CallEvent.GainChanged(AudioDirection.INPUT, 30));
        session.command(new Command.ChangeGain(AudioDirection.OUTPUT, -100));
        assertThat(await(CallEvent.GainChanged.class)).isEqualTo(new CallEvent.GainChanged(AudioDirection.OUTPUT, -42));
        session.command(new Command.PlayTestTone());
        assertThat(await(CallEvent.TestTone.class).playing()).isTrue();
        assertThat(await(CallEvent.TestTone.class).playing()).isFalse();
        session.command(new Command.ListDevices());
        assertThat(await(CallEvent.DevicesListed.class).microphones())
                .extracting(CallEvent.Choice::device)
                .startsWith("default")
                .contains("mic");
        session.command(new Command.PreviewMicrophone("tone"));
        assertThat(await(CallEvent.PreviewLevel.class).peakDbfs()).isEqualTo(-12, within(0.1));
        session.command(new Command.StopPreview());
        session.command(new Command.UseDevice(AudioDirection.INPUT, "tone"));
        assertThat(await(CallEvent.AudioInUse.class)).isEqualTo(new CallEvent.AudioInUse(AudioDirection.INPUT, "tone"));
        session.command(new Command.UseDevice(AudioDirection.OUTPUT, "tone"));
        assertThat(await(CallEvent.AudioRefused.class).problem()).contains("is not a speaker");
        session.command(new Command.HangUp());

        assertThat(session.awaitEnd()).isEqualTo(EndReason.QUIT);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("voiptui-preview");
    }

    @Test
    void shouldEndARecordingBeforeTheSummary() throws InterruptedException {
        ClassicCall session = session(microphone(), speaker(() -> {}));
        session.start();
        session.command(new Command.ToggleRecording());
        String file = await(CallEvent.Recording.class).file();
        session.hangUp(EndReason.QUIT);
        CallEvent.Recording ended = await(CallEvent.Recording.class);

        assertThat(ended.running()).isFalse();
        assertThat(ended.problem()).isNull();
        assertThat(ended.file()).isEqualTo(file);
        awaitSummary();
        assertThat(Path.of(file).getParent()).isEqualTo(folder);
    }

    @Test
    void shouldEndWhenThePeerHangsUp() throws InterruptedException {
        ClassicCall session = session(microphone(), speaker(() -> {}));
        session.start();
        awaitState(CallState.WAITING);
        wire.arriving.add(ClassicPeer.packet(0));
        awaitState(CallState.IN_CALL);
        wire.arriving.add(ClassicPeer.endOfTransmission());

        assertThat(session.awaitEnd()).isEqualTo(EndReason.PEER_LEFT);
        assertThat(wire.endsSent).isEqualTo(3);
    }

    @Test
    void shouldEndWhenTheRelayIsUnreachable() throws InterruptedException, IOException {
        relay.close();
        ClassicCall session = session(microphone(), speaker(() -> {}));
        session.start();

        assertThat(session.awaitEnd()).isEqualTo(EndReason.RELAY_UNREACHABLE);
        CallEvent.Summary summary = awaitSummary();
        assertThat(summary.reason()).isEqualTo(EndReason.RELAY_UNREACHABLE);
        assertThat(summary.state()).isEqualTo(CallState.CONNECTING);
        assertThat(summary.durationMs()).isZero();
        assertThat(summary.relayRttMs()).isNull();
        assertThat(wire.endsSent)
                .as("end-of-transmission packets without a relay")
                .isZero();
    }

    @Test
    void shouldEndEvenIfClosingTheSpeakerFails() throws InterruptedException {
        ClassicCall session = session(microphone(), speaker(() -> {
            throw new IllegalStateException("stuck");
        }));
        session.start();
        awaitState(CallState.WAITING);
        session.hangUp(EndReason.QUIT);

        assertThat(session.awaitEnd()).isEqualTo(EndReason.QUIT);
        assertThat(wire.closed.getCount()).as("everything else is released").isZero();
    }

    @Test
    void shouldEndWithTheReasonWhenAThreadFails() throws InterruptedException {
        AudioSource broken = new AudioSource() {
            @Override
            public void read(short[] frame) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void close() {
                // nothing to close
            }
        };
        ClassicCall session = session(broken, speaker(() -> {}));
        session.start();

        assertThat(session.awaitEnd()).isEqualTo(EndReason.FAILED);
        List<Event> all = new ArrayList<>();
        for (Event event = events.poll(); event != null; event = events.poll()) {
            all.add(event);
        }
        assertThat(all)
                .filteredOn(CallEvent.Failed.class::isInstance)
                .singleElement()
                .satisfies(
                        event -> assertThat(((CallEvent.Failed) event).thread()).isEqualTo("voiptui-capture"));
    }
}
