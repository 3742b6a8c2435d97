package voiptui.media;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import voiptui.audio.FrameQueue;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.VoiceProcessor;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.event.ProcessingMode;

/**
 * The voice processing of a call: cancels the echo of the speaker in the microphone, suppresses noise, controls the gain.
 *
 * <p>A processor is created on a thread of its own, because that loads a library; until it is there, and where it cannot be,
 * frames pass unchanged. Only the capture thread uses it: the playout thread leaves what it plays in a bounded queue.
 * Another mode means another processor, which the capture thread takes over with its next frame; the old one is closed once
 * it is released. Methods without a note on threads belong to the call thread; none of them blocks.
 */
final class VoiceProcessing implements NearEnd, FarEnd {

    /** Room for what is played while the capture thread is delayed: 320 ms of 10 ms frames. */
    private static final int FAR_END_FRAMES = 32;
    /** The longest delay that the echo canceller handles, in milliseconds. */
    private static final int MAX_DELAY_MS = 500;

    private final PcmFormat format;
    private final ProcessorFactory factory;
    private final EventBus bus;
    private final int blockSamples;
    private final FrameQueue farEnd;
    private final Executor worker;
    /** A stage that the capture thread has not taken over yet; holds null when there is none. */
    private final AtomicReference<@Nullable Stage> next = new AtomicReference<>();

    private volatile boolean listening;
    private volatile boolean anyReleased;
    private volatile long queuedNs;
    private volatile boolean closed;

    // Owned by the call thread.
    private @Nullable ProcessingMode chosen;
    private ProcessingMode requested = ProcessingMode.OFF;

    // Owned by the worker.
    private final List<Stage> processors = new ArrayList<>();

    // Owned by the playout thread.
    private final short[] gathered;
    private int gatheredSamples;

    // Owned by the capture thread.
    private final short[] farFrame;
    private Stage current = new Stage(null, false);
    private long droppedBefore;

    /** Creates processors; called on a thread that may block. */
    interface ProcessorFactory {

        /**
         * Creates a processor.
         *
         * @param mode not {@link ProcessingMode#OFF}
         * @throws ProcessingUnavailableException if there can be none
         */
        VoiceProcessor create(ProcessingMode mode, int sampleRateHz) throws ProcessingUnavailableException;
    }

    /** Says why there is no processor, for users. */
    static final class ProcessingUnavailableException extends Exception {

        private static final long serialVersionUID = 1;

        ProcessingUnavailableException(String problem) {
            super(problem);
        }
    }

    /** A processor, or none, while it is in use. */
    private static final class Stage {
        final @Nullable VoiceProcessor processor;
        final boolean cancelsEcho;
        /** Set by the capture thread when it will not use the processor again. */
        volatile boolean released;

        Stage(@Nullable VoiceProcessor processor, boolean cancelsEcho) {
            this.processor = processor;
            this.cancelsEcho = cancelsEcho;
        }
    }

    /**
     * Starts without processing.
     *
     * @param format the sample format of the devices
     * @param chosen what the user chose; null: everything for a real microphone, nothing for files, tones and silence
     * @param bus receives {@link CallEvent.Processing}
     * @param worker creates and closes processors, one task after another, in order
     */
    VoiceProcessing(
            PcmFormat format,
            @Nullable ProcessingMode chosen,
            ProcessorFactory factory,
            EventBus bus,
            Executor worker) {
        this.format = format;
        this.chosen = chosen;
        this.factory = factory;
        this.bus = bus;
        this.blockSamples = format.samplesOf(VoiceProcessor.BLOCK_MS);
        this.farEnd = new FrameQueue(FAR_END_FRAMES, format.frameSamples());
        this.farFrame = new short[format.frameSamples()];
        this.gathered = new short[format.frameSamples()];
        this.worker = worker;
    }

    /**
     * Returns the executor of one thread on which processors are created; it ends when idle.
     *
     * @param onFault receives the exception that ended the thread
     */
    static Executor worker(Thread.UncaughtExceptionHandler onFault) {
        return new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "voiptui-processing");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(onFault);
            return thread;
        });
    }

    /**
     * Follows a change of the microphone, unless the user chose a mode, and has unused processors closed.
     *
     * @param isDevice whether the microphone is a real one
     */
    void onTick(boolean isDevice) {
        if (anyReleased) {
            anyReleased = false;
            worker.execute(this::closeReleased);
        }
        ProcessingMode mode = chosen != null ? chosen : isDevice ? ProcessingMode.ALL : ProcessingMode.OFF;
        if (mode != requested) {
            request(mode);
        }
    }

    /** Changes to the next mode, which is the user's choice from now on. */
    void cycle() {
        chosen = requested.next();
        request(chosen);
    }

    private void request(ProcessingMode mode) {
        requested = mode;
        worker.execute(() -> change(mode));
    }

    private void change(ProcessingMode mode) {
        if (closed) {
            return;
        }
        try {
            handOver(mode == ProcessingMode.OFF ? null : create(mode), mode == ProcessingMode.ALL);
            bus.publish(new CallEvent.Processing(mode, null));
        } catch (ProcessingUnavailableException unavailable) {
            handOver(null, false);
            bus.publish(new CallEvent.Processing(ProcessingMode.OFF, unavailable.getMessage()));
        }
    }

    private VoiceProcessor create(ProcessingMode mode) throws ProcessingUnavailableException {
        if (blockSamples == 0 || format.frameSamples() % blockSamples != 0) {
            throw new ProcessingUnavailableException("frames of " + format.frameMs() + " ms cannot be processed");
        }
        return factory.create(mode, format.sampleRateHz());
    }

    private void handOver(@Nullable VoiceProcessor processor, boolean cancelsEcho) {
        Stage stage = new Stage(processor, cancelsEcho);
        processors.add(stage);
        Stage skipped = next.getAndSet(stage);
        if (skipped != null) {
            skipped.released = true;
            closeReleased();
        }
    }

    private void closeReleased() {
        for (Stage stage : processors) {
            if (stage.released && stage.processor != null) {
                stage.processor.close();
            }
        }
        processors.removeIf(stage -> stage.released);
    }

    @Override
    public void onPlayed(short[] frame, long speakerQueuedNs) {
        if (listening) {
            queuedNs = speakerQueuedNs;
            gather(frame);
        }
    }

    /** Passes on whole frames only: a block may not be shorter. Playout thread. */
    private void gather(short[] frame) {
        for (int done = 0; done < frame.length; ) {
            int part = Math.min(frame.length - done, gathered.length - gatheredSamples);
            System.arraycopy(frame, done, gathered, gatheredSamples, part);
            done += part;
            gatheredSamples += part;
            if (gatheredSamples == gathered.length) {
                farEnd.offer(gathered);
                gatheredSamples = 0;
            }
        }
    }

    @Override
    public boolean wantsEachFrame() {
        return current.processor != null;
    }

    @Override
    public void process(short[] frame, long latencyNs) {
        Stage stage = stage();
        VoiceProcessor processor = stage.processor;
        if (processor == null) {
            return;
        }
        if (stage.cancelsEcho) {
            listen(processor);
        }
        int delayMs = (int) Math.min(MAX_DELAY_MS, Math.max(0, (queuedNs + latencyNs) / NS_PER_MS));
        for (int at = 0; at < frame.length; at += blockSamples) {
            processor.nearEnd(frame, at, delayMs);
        }
    }

    /** Returns the stage for the next frame; takes over a new one. Capture thread. */
    private Stage stage() {
        if (next.get() != null) {
            Stage taken = next.getAndSet(null);
            if (taken != null) {
                current.released = true;
                anyReleased = true;
                current = taken;
                discardFarEnd();
                listening = taken.cancelsEcho;
            }
        }
        return current;
    }

    /** Passes on what was played since the last frame. Capture thread. */
    private void listen(VoiceProcessor processor) {
        if (farEnd.dropped() != droppedBefore) {
            // The microphone was stalled: what is left in the queue is old, and a part is missing after it.
            discardFarEnd();
        }
        while (farEnd.poll(farFrame)) {
            for (int at = 0; at < farFrame.length; at += blockSamples) {
                processor.farEnd(farFrame, at);
            }
        }
    }

    private void discardFarEnd() {
        droppedBefore = farEnd.dropped();
        for (int frames = farEnd.size(); frames > 0; frames--) {
            farEnd.poll(farFrame);
        }
    }

    /**
     * Ends processing and frees the processors in the background.
     *
     * @param captureEnded whether the capture thread has ended; if it is stuck, the processor in its hands is left alone
     */
    void close(boolean captureEnded) {
        closed = true;
        worker.execute(() -> {
            Stage skipped = next.getAndSet(null);
            for (Stage stage : processors) {
                stage.released |= captureEnded || stage == skipped;
            }
            closeReleased();
        });
    }
}
