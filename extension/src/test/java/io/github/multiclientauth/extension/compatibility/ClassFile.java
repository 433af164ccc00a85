package io.github.multiclientauth.extension.compatibility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * The declarations of a class file, and its references to other classes.
 *
 * @param parent internal name of the superclass, null for {@code Object}
 */
record ClassFile(
        String name,
        int access,
        String parent,
        List<String> interfaces,
        List<Member> methods,
        List<Member> fields,
        Set<Link> links) {

    private static final int API = Opcodes.ASM9;

    record Member(String name, String descriptor, int access) {

        boolean has(int flag) {
            return (access & flag) != 0;
        }

        boolean isCalled(String otherName, String otherDescriptor) {
            return name.equals(otherName) && descriptor.equals(otherDescriptor);
        }
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    Optional<Member> method(String name, String descriptor) {
        return methods.stream()
                .filter(method -> method.isCalled(name, descriptor))
                .findFirst();
    }

    Optional<Member> field(String name, String descriptor) {
        return fields.stream().filter(field -> field.isCalled(name, descriptor)).findFirst();
    }

    static ClassFile read(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        List<Member> methods = new ArrayList<>();
        List<Member> fields = new ArrayList<>();
        Set<Link> links = new TreeSet<>();
        ClassVisitor declared = new ClassVisitor(API) {
            @Override
            public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
                fields.add(new Member(name, descriptor, access));
                return null;
            }

            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                methods.add(new Member(name, descriptor, access));
                return new CodeLinks(links);
            }
        };
        // Visits every type that occurs: supertypes, signatures, casts, annotations, code.
        Remapper types = new Remapper(API) {
            @Override
            public String map(String internalName) {
                links.add(new Link.ToClass(internalName));
                return internalName;
            }
        };
        reader.accept(new ClassRemapper(declared, types), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassFile(
                reader.getClassName(),
                reader.getAccess(),
                reader.getSuperName(),
                Arrays.asList(reader.getInterfaces()),
                methods,
                fields,
                links);
    }

    private static final class CodeLinks extends MethodVisitor {

        private final Set<Link> links;

        CodeLinks(Set<Link> links) {
            super(API);
            this.links = links;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
            links.add(new Link.ToMethod(owner, name, descriptor, opcode == Opcodes.INVOKESTATIC, onInterface));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
            links.add(new Link.ToField(owner, name, descriptor, isStatic));
        }

        /** Lambdas and method references. */
        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                    links.add(new Link.ToMethod(
                            handle.getOwner(),
                            handle.getName(),
                            handle.getDesc(),
                            handle.getTag() == Opcodes.H_INVOKESTATIC,
                            handle.isInterface()));
                }
            }
        }
    }
}
