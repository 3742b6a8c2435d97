package voiptui.media.device;

import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;

/**
 * Microphone and speaker with which a call starts.
 *
 * @param format the sample format of both
 * @param microphone the microphone, or why it could not be opened
 * @param speaker the speaker, or why it could not be opened
 */
public record OpenedDevices(PcmFormat format, OpenedDevice<AudioSource> microphone, OpenedDevice<AudioSink> speaker) {}
