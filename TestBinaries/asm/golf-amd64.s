# The smallest layout that the kernel starts: the program header begins inside the file header. It is assembled with the headers
# as data, and linked as raw bytes, because no linker writes such a file.
    .set base, 0x10000000
    .globl _start
_start:
    .byte 0x7f
    .ascii "ELF"
    .byte 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
    .2byte 2, 62                # e_type, e_machine
    .4byte 1                    # e_version
    .8byte base + code - _start # e_entry
    .8byte program - _start     # e_phoff
    .8byte 0                    # e_shoff
    .4byte 0                    # e_flags
    .2byte 64, 56               # e_ehsize, e_phentsize
program:
    .4byte 1                    # p_type; e_phnum is 1
    .4byte 5                    # p_flags; e_shnum is 5, without a table
    .8byte 0, base, base        # p_offset, p_vaddr, p_paddr
    .8byte end - _start         # p_filesz
    .8byte end - _start         # p_memsz
    .8byte 0x1000               # p_align
code:
    movl $60, %eax
    xorl %edi, %edi
    syscall
end:
