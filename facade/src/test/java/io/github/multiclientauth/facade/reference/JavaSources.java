package io.github.multiclientauth.facade.reference;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads source files, since class files contain neither Javadoc nor annotations of log messages. */
final class JavaSources {

    private JavaSources() {}

    /**
     * A method of an interface.
     *
     * @param type the simple name of the interface
     * @param annotations by simple name
     * @param doc its Javadoc, or empty text
     */
    record Method(String type, String name, String returns, Map<String, AnnotationTree> annotations, String doc) {

        /** @return the value; empty if the method has no such annotation, or it has no such attribute */
        Optional<String> value(String annotation, String attribute) {
            return Optional.ofNullable(annotations.get(annotation))
                    .flatMap(found -> found.getArguments().stream()
                            .map(AssignmentTree.class::cast)
                            .filter(argument ->
                                    argument.getVariable().toString().equals(attribute))
                            .map(argument -> constant(argument.getExpression()))
                            .findFirst());
        }
    }

    /** All methods of all types below the folder, ordered by file name. */
    static List<Method> methods(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return methods(paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Method> methods(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            List<Method> methods = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Collector(docs, methods).scan(new TreePath(unit), null);
            }
            return methods;
        }
    }

    /** The text of a literal, or of literals joined with {@code +}. */
    private static String constant(ExpressionTree expression) {
        if (expression instanceof BinaryTree sum) {
            return constant(sum.getLeftOperand()) + constant(sum.getRightOperand());
        }
        return expression instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : expression.toString();
    }

    private static final class Collector extends TreePathScanner<Void, Void> {

        private final DocTrees docs;
        private final List<Method> methods;

        Collector(DocTrees docs, List<Method> methods) {
            this.docs = docs;
            this.methods = methods;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            Map<String, AnnotationTree> annotations = new HashMap<>();
            method.getModifiers()
                    .getAnnotations()
                    .forEach(annotation ->
                            annotations.put(annotation.getAnnotationType().toString(), annotation));
            String type = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree parent
                    ? parent.getSimpleName().toString()
                    : "";
            String doc = docs.getDocComment(getCurrentPath());
            methods.add(new Method(
                    type,
                    method.getName().toString(),
                    String.valueOf(method.getReturnType()),
                    annotations,
                    doc == null ? "" : doc.strip()));
            return super.visitMethod(method, nothing);
        }
    }
}
