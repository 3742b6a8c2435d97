package voiptui.media;

import voiptui.audio.dsp.VoiceProcessor;
import voiptui.audio.webrtc.WebRtcLibrary;
import voiptui.audio.webrtc.WebRtcProcessor;
import voiptui.event.ProcessingMode;
import voiptui.media.VoiceProcessing.ProcessingUnavailableException;

/** Creates the processors of webrtc-java; loads its library for the first one. Stateless; any thread that may block. */
final class WebRtcProcessing implements VoiceProcessing.ProcessorFactory {

    @Override
    public VoiceProcessor create(ProcessingMode mode, int sampleRateHz) throws ProcessingUnavailableException {
        String problem = WebRtcLibrary.load();
        if (problem != null) {
            throw new ProcessingUnavailableException(problem);
        }
        return mode == ProcessingMode.ALL
                ? WebRtcProcessor.all(sampleRateHz)
                : WebRtcProcessor.noiseSuppressor(sampleRateHz);
    }
}
