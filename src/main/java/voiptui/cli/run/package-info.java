/**
 * Presents a running call, phone or relay: on a full screen or as plain lines, with its keys or typed commands, its signals
 * and its exit status.
 *
 * <p>{@link voiptui.cli.run.FrontEnd} is how one command presents its events; {@link voiptui.cli.run.PlainRun} and
 * {@link voiptui.cli.run.ScreenRun} run a {@link voiptui.call.RunningCall} with it. May import every package except
 * {@code cli.command}.
 */
@NullMarked
package voiptui.cli.run;

import org.jspecify.annotations.NullMarked;
