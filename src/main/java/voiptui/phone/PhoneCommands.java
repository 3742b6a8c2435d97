package voiptui.phone;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.call.Call;
import voiptui.event.Command;
import voiptui.event.PhoneEvent;
import voiptui.phone.peers.Favorites;
import voiptui.protocol.ClientName;

/** Passes the commands of the user to the part of a phone that carries them out. Owned by the phone's thread. */
final class PhoneCommands {

    private final PhoneMachine machine;
    private final PhoneDevices devices;
    private final Favorites favorites;
    private final PhoneEffects effects;

    PhoneCommands(PhoneMachine machine, PhoneDevices devices, Favorites favorites, PhoneEffects effects) {
        this.machine = machine;
        this.devices = devices;
        this.favorites = favorites;
        this.effects = effects;
    }

    /**
     * Carries out a command, except {@link Command.LeavePhone}.
     *
     * @param call the current call; null: none
     */
    void onCommand(Command command, @Nullable Call call) {
        if (command instanceof Command.AcceptCall) {
            machine.accept();
        } else if (command instanceof Command.AcceptChanged && (call == null || !call.isAsking())) {
            machine.acceptChanged();
        } else if (command instanceof Command.RejectCall) {
            machine.reject();
        } else if (command instanceof Command.BlockCaller) {
            machine.blockCaller();
        } else if (command instanceof Command.ToggleDoNotDisturb) {
            machine.toggleDoNotDisturb();
        } else if (command instanceof Command.UnblockCaller unblock) {
            machine.unblock(unblock.peer());
        } else if (command instanceof Command.NoteMissedSeen) {
            effects.publish(new PhoneEvent.MissedSeen());
        } else if (command instanceof Command.ToggleFavorite favorite) {
            toggleFavorite(favorite.name());
        } else if (command instanceof Command.Dial dial) {
            machine.dial(dial.to());
        } else if (call == null) {
            betweenCalls(command);
        } else {
            inCall(command, call);
        }
    }

    private void toggleFavorite(String text) {
        Optional<String> name = ClientName.parse(text);
        if (name.isEmpty()) {
            effects.publish(new PhoneEvent.FavoriteFailed(text, "is not a name"));
            return;
        }
        effects.publish(new PhoneEvent.FavoriteChanged(name.get(), favorites.toggle(name.get())));
        machine.onPeersChanged();
    }

    private void betweenCalls(Command command) {
        boolean isTrial = command instanceof Command.ToggleEchoTest || command instanceof Command.PreviewMicrophone;
        if (isTrial && machine.isRinging()) {
            effects.publish(new PhoneEvent.CommandRefused("somebody is calling: the devices are needed for that"));
        } else if (!devices.command(command)) {
            machine.onCommandWithoutCall();
        }
    }

    private void inCall(Command command, Call call) {
        if (command instanceof Command.ToggleEchoTest) {
            effects.publish(new PhoneEvent.CommandRefused("you are in a call: hang up before you test the devices"));
            return;
        }
        if (command instanceof Command.HangUp) {
            machine.onHangUp();
        }
        call.command(command);
    }
}
