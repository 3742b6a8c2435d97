/**
 * Options from the environment and from the configuration file: {@link voiptui.cli.config.Configuration} gives them to picocli as
 * defaults. May import {@code cli.exit} and what is below {@code cli}.
 */
@NullMarked
package voiptui.cli.config;

import org.jspecify.annotations.NullMarked;
