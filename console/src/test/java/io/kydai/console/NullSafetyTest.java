package io.kydai.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * How absent values are written: NullAway checks what is {@code @Nullable} in the main sources
 * while they are compiled, and {@link Optional} is only returned: record components are fields,
 * too.
 */
@AnalyzeClasses(packages = "io.kydai", importOptions = MainClasses.class)
class NullSafetyTest {

  private static final Set<String> OPTIONALS =
      Set.of(
          Optional.class.getName(),
          OptionalInt.class.getName(),
          OptionalLong.class.getName(),
          OptionalDouble.class.getName());

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes()
          .should(
              new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  events.add(
                      new SimpleConditionEvent(
                          type,
                          type.getPackage().isAnnotatedWith(NullMarked.class),
                          type.getPackageName() + " is not @NullMarked"));
                }
              });

  @ArchTest
  static final ArchRule optionals_are_only_returned =
      classes()
          .should(
              new ArchCondition<JavaClass>("have no Optional as a parameter or a field") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  for (JavaField field : type.getFields()) {
                    if (written(field.getModifiers()) && isOptional(field.getRawType())) {
                      events.add(SimpleConditionEvent.violated(type, field.getDescription()));
                    }
                  }
                  for (JavaCodeUnit unit : type.getCodeUnits()) {
                    if (written(unit.getModifiers())
                        && unit.getRawParameterTypes().stream()
                            .anyMatch(NullSafetyTest::isOptional)) {
                      events.add(SimpleConditionEvent.violated(type, unit.getDescription()));
                    }
                  }
                }
              });

  /** Returns whether the member stands in the source: lambdas and what they capture do not. */
  private static boolean written(Set<JavaModifier> modifiers) {
    return !modifiers.contains(JavaModifier.SYNTHETIC);
  }

  private static boolean isOptional(JavaClass type) {
    return OPTIONALS.contains(type.getName());
  }
}
