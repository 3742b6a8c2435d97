package voiptui.tui.call;

import java.util.List;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;

/**
 * The choice of a microphone and a speaker.
 *
 * @param listed what there is; {@code null} while that is asked for
 * @param side which list the keys act on
 * @param microphone the line of the microphones that is marked
 * @param speaker the line of the speakers that is marked
 * @param preview the last reading of a microphone that is listened to; {@code null} before one
 */
public record DevicePicker(
        CallEvent.DevicesListed listed,
        AudioDirection side,
        int microphone,
        int speaker,
        CallEvent.PreviewLevel preview) {

    static final DevicePicker EMPTY = new DevicePicker(null, AudioDirection.INPUT, 0, 0, null);

    /** With the devices that there are; marked are the ones in use. */
    DevicePicker listing(CallEvent.DevicesListed devices, String microphoneInUse, String speakerInUse) {
        return new DevicePicker(
                devices,
                side,
                indexOf(devices.microphones(), microphoneInUse),
                indexOf(devices.speakers(), speakerInUse),
                preview);
    }

    private static int indexOf(List<CallEvent.Choice> choices, String device) {
        for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i).device().equals(device)) {
                return i;
            }
        }
        return 0;
    }

    /** The list that the keys act on; empty while it is asked for. */
    List<CallEvent.Choice> choices() {
        return choices(side);
    }

    List<CallEvent.Choice> choices(AudioDirection of) {
        return listed == null ? List.of() : of == AudioDirection.INPUT ? listed.microphones() : listed.speakers();
    }

    int marked(AudioDirection of) {
        return of == AudioDirection.INPUT ? microphone : speaker;
    }

    /** The device that is marked; {@code null} where there is none. */
    String markedDevice() {
        List<CallEvent.Choice> choices = choices();
        return choices.isEmpty()
                ? null
                : choices.get(Math.min(marked(side), choices.size() - 1)).device();
    }

    /** The mark moved by so many lines, as far as the list goes. */
    DevicePicker moved(int by) {
        int to = Math.max(0, Math.min(choices().size() - 1, marked(side) + by));
        return new DevicePicker(
                listed,
                side,
                side == AudioDirection.INPUT ? to : microphone,
                side == AudioDirection.OUTPUT ? to : speaker,
                null);
    }

    /** The keys act on the other list. */
    DevicePicker otherSide() {
        return new DevicePicker(
                listed,
                side == AudioDirection.INPUT ? AudioDirection.OUTPUT : AudioDirection.INPUT,
                microphone,
                speaker,
                null);
    }

    DevicePicker hearing(CallEvent.PreviewLevel reading) {
        return new DevicePicker(listed, side, microphone, speaker, reading);
    }
}
