package voiptui.tui.device;

import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Command;

/**
 * The choice of a microphone and a speaker. Immutable.
 *
 * @param listed the devices; null: they are being listed
 * @param side the list that the keys act on
 * @param microphone the selected row of the microphones
 * @param speaker the selected row of the speakers
 * @param preview the last level of the selected microphone; null: none yet
 */
public record DevicePicker(
        CallEvent.@Nullable DevicesListed listed,
        AudioDirection side,
        int microphone,
        int speaker,
        CallEvent.@Nullable PreviewLevel preview) {

    /** The picker before the devices are listed. */
    public static final DevicePicker EMPTY = new DevicePicker(null, AudioDirection.INPUT, 0, 0, null);

    /** Returns a copy with the listed devices; the ones in use are selected. */
    public DevicePicker listing(CallEvent.DevicesListed devices, String microphoneInUse, String speakerInUse) {
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

    /** Returns one of the lists; empty while the devices are being listed. */
    public List<CallEvent.Choice> choices(AudioDirection of) {
        return listed == null ? List.of() : of == AudioDirection.INPUT ? listed.microphones() : listed.speakers();
    }

    /** Returns the selected row of one of the lists. */
    public int selectedRow(AudioDirection of) {
        return of == AudioDirection.INPUT ? microphone : speaker;
    }

    /** Returns the selected device of the list that the keys act on; null: the list is empty. */
    public CallEvent.@Nullable Choice selected() {
        List<CallEvent.Choice> choices = choices(side);
        return choices.isEmpty() ? null : choices.get(Math.min(selectedRow(side), choices.size() - 1));
    }

    /** Returns a copy with the selection moved by that many rows, as far as the list goes. */
    private DevicePicker moved(int rows) {
        int to = Math.max(0, Math.min(choices(side).size() - 1, selectedRow(side) + rows));
        return new DevicePicker(
                listed,
                side,
                side == AudioDirection.INPUT ? to : microphone,
                side == AudioDirection.OUTPUT ? to : speaker,
                null);
    }

    /**
     * Returns a copy with another device selected; the same if it is selected already, or is not listed.
     *
     * @param id the device, as {@link #id} writes it
     */
    public DevicePicker selecting(String id) {
        for (AudioDirection of : AudioDirection.values()) {
            List<CallEvent.Choice> choices = choices(of);
            for (int row = 0; row < choices.size(); row++) {
                if (id(of, choices.get(row)).equals(id) && (of != side || row != selectedRow(of))) {
                    return (of == side ? this : otherSide()).moved(row - selectedRow(of));
                }
            }
        }
        return this;
    }

    /** Returns what tells a device apart from all others. */
    public static String id(AudioDirection of, CallEvent.Choice choice) {
        return of + " " + choice.device();
    }

    /** Returns a copy whose keys act on the other list. */
    private DevicePicker otherSide() {
        return new DevicePicker(
                listed,
                side == AudioDirection.INPUT ? AudioDirection.OUTPUT : AudioDirection.INPUT,
                microphone,
                speaker,
                null);
    }

    /** Returns the picker after a key; the same one for keys that do not move the selection. */
    public DevicePicker after(KeyType key) {
        return switch (key) {
            case ArrowUp -> moved(-1);
            case ArrowDown -> moved(1);
            case Tab, ReverseTab, ArrowLeft, ArrowRight -> otherSide();
            default -> this;
        };
    }

    /**
     * Returns what previews the selected microphone, or ends the preview where there is nothing to preview.
     *
     * @param inUse the microphone that needs none
     */
    public Command preview(String inUse) {
        CallEvent.Choice choice = selected();
        return choice == null
                        || side == AudioDirection.OUTPUT
                        || choice.device().equals(inUse)
                ? new Command.StopPreview()
                : new Command.PreviewMicrophone(choice.device());
    }

    /** Returns a copy with another level of the selected microphone. */
    public DevicePicker hearing(CallEvent.PreviewLevel reading) {
        return new DevicePicker(listed, side, microphone, speaker, reading);
    }
}
