package voiptui.audio.device.sdl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.CapturePort;
import voiptui.audio.device.PlaybackPort;

/**
 * An open device in one direction. Its audio thread reads or writes, the SDL thread sees it vanish, and any thread may close
 * it.
 *
 * <p>SDL frees the stream when it is closed. So the one who comes last gives it to the SDL thread for closing: {@link
 * #close}, or the audio thread if it is in SDL at that moment.
 */
final class SdlStream implements CapturePort, PlaybackPort {

    private static final int IDLE = 0;
    private static final int IN_USE = 1;
    private static final int CLOSED = 2;
    private static final int CLOSED_IN_USE = 3;

    /** How long audio takes between SDL and the device, beyond the block that a speaker takes, in nanoseconds. */
    private static final long SERVER_NS = 2_000_000;

    private final SdlDriver driver;
    private final long handle;
    private final int number;
    private final boolean followsDefault;
    private final long blockNs;
    private final Consumer<SdlStream> closing;
    private final ShortBuffer buffer;
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private volatile @Nullable String problem;
    private volatile int moves;
    /** The device that it was on when last looked; owned by the SDL thread. */
    private @Nullable String device;

    /**
     * Takes over an open stream.
     *
     * @param isPlayback whether it is a speaker's
     * @param followsDefault whether SDL moves it to the system's default device when that changes
     * @param closing receives the stream once nobody uses it any more; any thread
     */
    SdlStream(
            SdlDriver driver,
            long handle,
            boolean isPlayback,
            boolean followsDefault,
            PcmFormat format,
            Consumer<SdlStream> closing) {
        this.driver = driver;
        this.handle = handle;
        this.number = driver.numberOf(handle);
        this.followsDefault = followsDefault;
        this.blockNs = isPlayback ? driver.blockSamplesOf(handle) * 1_000_000_000L / format.sampleRateHz() : 0;
        this.closing = closing;
        this.device = driver.nameOf(number);
        this.buffer = ByteBuffer.allocateDirect(format.frameBytes())
                .order(ByteOrder.nativeOrder())
                .asShortBuffer();
    }

    long handle() {
        return handle;
    }

    /** Returns the number under which SDL tells news of it. */
    int number() {
        return number;
    }

    boolean followsDefault() {
        return followsDefault;
    }

    /** Notes why the device stopped for good. SDL thread. */
    void lose(String why) {
        problem = why;
    }

    /** Notes on which device it is. SDL thread. */
    void noteDevice(@Nullable String name) {
        if (!Objects.equals(name, device)) {
            device = name;
            moves = moves + 1;
        }
    }

    @Override
    public int moves() {
        return moves;
    }

    private boolean enter() {
        return state.compareAndSet(IDLE, IN_USE);
    }

    private void leave() {
        if (!state.compareAndSet(IN_USE, IDLE)) {
            closing.accept(this);
        }
    }

    @Override
    public void start() {
        if (enter()) {
            driver.discardCaptured(handle);
            leave();
        }
    }

    @Override
    public int availableSamples() {
        if (!enter()) {
            return 0;
        }
        int available = driver.available(handle);
        leave();
        return available;
    }

    @Override
    public int queuedSamples() {
        if (!enter()) {
            return 0;
        }
        int queued = driver.queued(handle);
        leave();
        return queued;
    }

    @Override
    public void read(short[] samples, int count) {
        if (!enter()) {
            return;
        }
        driver.read(handle, buffer, count);
        leave();
        buffer.get(0, samples, 0, count);
    }

    @Override
    public void write(short[] samples, int count) {
        if (!enter()) {
            return;
        }
        for (int done = 0; done < count; done += buffer.capacity()) {
            int part = Math.min(buffer.capacity(), count - done);
            buffer.put(0, samples, done, part);
            driver.write(handle, buffer, part);
        }
        leave();
    }

    @Override
    public long deviceLatencyNs() {
        return blockNs + SERVER_NS;
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public void close() {
        int before = state.getAndUpdate(now -> now == IDLE ? CLOSED : now == IN_USE ? CLOSED_IN_USE : now);
        if (before == IDLE) {
            closing.accept(this);
        }
    }
}
