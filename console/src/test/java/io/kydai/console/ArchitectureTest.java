package io.kydai.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/** The arrows between modules and packages, and what each module must not know. */
@AnalyzeClasses(packages = "io.kydai", importOptions = MainClasses.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule data_moves_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.kydai..")
          .layer("ingest")
          .definedBy("io.kydai.ingest..")
          .layer("models")
          .definedBy("io.kydai.models..")
          .layer("analytics")
          .definedBy("io.kydai.analytics..")
          .layer("streaming")
          .definedBy("io.kydai.streaming..")
          .layer("console")
          .definedBy("io.kydai.console..")
          .whereLayer("ingest")
          .mayNotAccessAnyLayer()
          .whereLayer("models")
          .mayNotAccessAnyLayer()
          .whereLayer("analytics")
          .mayOnlyAccessLayers("ingest", "models")
          .whereLayer("console")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("streaming")
          .mayOnlyBeAccessedByLayers("console");

  @ArchTest
  static final ArchRule no_circles_among_subjects =
      slices().matching("io.kydai.(*).(*)..").should().beFreeOfCycles();

  /** The modules whose packages, the root included, are held to have no circle and no parent. */
  private static final Set<String> LAYERED =
      Set.of("ingest", "models", "analytics", "streaming", "console");

  @ArchTest
  static final ArchRule no_circles_among_all_packages =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  return layered(type)
                      ? SliceIdentifier.of(type.getPackageName())
                      : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                  return "packages of " + LAYERED;
                }
              })
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule no_package_imports_its_parent =
      classes()
          .should(
              new ArchCondition<JavaClass>("not depend on a package above their own") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String other = dependency.getTargetClass().getPackageName();
                    if (layered(type)
                        && other.startsWith("io.kydai.")
                        && type.getPackageName().startsWith(other + ".")) {
                      events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                  }
                }
              });

  private static boolean layered(JavaClass type) {
    String[] names = type.getPackageName().split("\\.");
    return names.length > 2 && LAYERED.contains(names[2]);
  }

  /** How cameras are spoken to is ingest's own affair: who uses ingest sees what leaves it. */
  @ArchTest
  static final ArchRule only_ingest_knows_its_protocols =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kydai.ingest..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.kydai.ingest.rtsp..",
              "io.kydai.ingest.rtp..",
              "io.kydai.ingest.rtcp..",
              "io.kydai.ingest.login..",
              "io.kydai.ingest.clock..",
              "io.kydai.ingest.camera..");

  @ArchTest
  static final ArchRule only_analytics_and_streaming_know_pixels =
      noClasses()
          .that()
          .resideInAnyPackage("io.kydai.ingest..", "io.kydai.models..", "io.kydai.console..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule only_models_knows_tensors =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kydai.models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "ai.onnxruntime..");

  /** Cameras are ingest's; video systems that pull by RTSP are served as cameras serve us. */
  @ArchTest
  static final ArchRule only_ingest_and_the_media_servers_open_sockets_themselves =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.kydai.ingest..", "io.kydai.streaming.live.rtsp..", "io.kydai.streaming.live.whep")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty.channel.*..", "io.netty.bootstrap..", "io.netty.handler.codec.rtsp..");

  /**
   * The console's sockets are opened by Vert.x, which has no deadline for headers and tells nobody
   * of the end of a connection that became a WebSocket: so its HTTP server watches their channels.
   */
  @ArchTest
  static final ArchRule only_ingest_and_the_servers_know_channels =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.kydai.ingest..",
              "io.kydai.streaming.live.rtsp..",
              "io.kydai.streaming.live.whep",
              "io.kydai.console.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty.channel");

  @ArchTest
  static final ArchRule only_console_knows_web_and_database =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kydai.console..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "java.sql..", "org.flywaydb..");

  @ArchTest
  static final ArchRule rooms_have_names_of_their_own =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..helper..", "..manager..", "..impl..");

  @ArchTest
  static final ArchRule every_package_has_a_map_at_its_door =
      classes()
          .should(
              new ArchCondition<JavaClass>("live in a package with a package-info") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean mapped =
                      ArchitectureTest.class.getResource(
                              "/" + type.getPackageName().replace('.', '/') + "/package-info.class")
                          != null;
                  events.add(
                      new SimpleConditionEvent(
                          type, mapped, type.getPackageName() + " has no package-info.java"));
                }
              });
}
