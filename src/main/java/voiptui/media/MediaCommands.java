package voiptui.media;

import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.TestTone;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EventBus;
import voiptui.media.device.DeviceManager;
import voiptui.media.record.CallRecorder;

/**
 * What the user may want of a running call, each wish handed to the part that grants it. Owned by the call thread.
 *
 * @param bus where the answers go
 * @param send mutes
 * @param microphoneGain how much louder the microphone is made
 * @param speakerVolume how much louder the speaker is made
 * @param tone plays to the user alone
 * @param recorder records both sides
 * @param devices knows microphones and speakers
 */
record MediaCommands(
        EventBus bus,
        SendPipeline send,
        Gain microphoneGain,
        Gain speakerVolume,
        TestTone tone,
        CallRecorder recorder,
        DeviceManager devices) {

    /** Does what is wanted, but for {@link Command.HangUp}, which is the call's own. Never waits. */
    void obey(Command command) {
        if (command instanceof Command.ToggleMute) {
            bus.publish(new CallEvent.MuteChanged(send.toggleMute()));
        } else if (command instanceof Command.ChangeGain change) {
            Gain gain = change.direction() == AudioDirection.INPUT ? microphoneGain : speakerVolume;
            bus.publish(new CallEvent.GainChanged(change.direction(), gain.change(change.stepDb())));
        } else if (command instanceof Command.PlayTestTone) {
            tone.play();
        } else if (command instanceof Command.ToggleRecording) {
            recorder.toggle();
        } else if (command instanceof Command.ListDevices) {
            devices.list();
        } else if (command instanceof Command.UseDevice use) {
            devices.use(use.direction(), use.device());
        } else if (command instanceof Command.PreviewMicrophone preview) {
            devices.preview(preview.device());
        } else if (command instanceof Command.StopPreview) {
            devices.stopPreview();
        }
    }
}
