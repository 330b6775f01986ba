package io.kydai.console;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/**
 * Takes the modules' main classes only: neither folders of test classes, nor jars of them, which
 * Maven puts in the folders' place once a module is packaged.
 */
final class MainClasses implements ImportOption {
  private static final ImportOption FOLDERS = new DoNotIncludeTests();

  @Override
  public boolean includes(Location location) {
    return FOLDERS.includes(location) && !location.contains("-tests.jar");
  }
}
