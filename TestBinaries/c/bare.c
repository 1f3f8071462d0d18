// Says hello and ends, without a C library, and only if constants, data and zeroed memory hold what they should.
// Nothing in it needs relocation, so it is also a program at any address.
static const char line[] = "hello\n";
static volatile int data[1500] = {[0] = 7, [1499] = 9};
static volatile int zeroed[3000];

static long call(long number, long first, long second, long third) {
#if defined(__x86_64__)
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(first), "S"(second), "d"(third) : "rcx", "r11", "memory");
    return result;
#elif defined(__i386__)
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(first), "c"(second), "d"(third) : "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number, x0 __asm__("x0") = first, x1 __asm__("x1") = second, x2 __asm__("x2") = third;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
#elif defined(__arm__)
    register long r7 __asm__("r7") = number, r0 __asm__("r0") = first, r1 __asm__("r1") = second, r2 __asm__("r2") = third;
    __asm__ volatile("svc 0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2) : "memory");
    return r0;
#elif defined(__riscv)
    register long a7 __asm__("a7") = number, a0 __asm__("a0") = first, a1 __asm__("a1") = second, a2 __asm__("a2") = third;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
    return a0;
#endif
}

#if defined(__x86_64__)
enum { write_call = 1, exit_call = 60 };
#elif defined(__i386__) || defined(__arm__)
enum { write_call = 4, exit_call = 1 };
#else
enum { write_call = 64, exit_call = 93 };
#endif

// As C libraries do, the entry point touches no memory before it calls anything.
#if defined(__x86_64__) || defined(__i386__)
__asm__(".globl _start\n.type _start, @function\n_start:\nxor %ebp, %ebp\njmp work\n.size _start, . - _start\n");
#elif defined(__arm__)
__asm__(".globl _start\n.type _start, %function\n_start:\nmov r11, #0\nb work\n.size _start, . - _start\n");
#elif defined(__aarch64__)
__asm__(".globl _start\n.type _start, %function\n_start:\nmov x29, #0\nb work\n.size _start, . - _start\n");
#elif defined(__riscv)
__asm__(".globl _start\n.type _start, @function\n_start:\nli s0, 0\nj work\n.size _start, . - _start\n");
#endif

__attribute__((used, visibility("hidden"))) void work(void) {
    long wrong = data[0] - 7 + data[1499] - 9;
    for (int index = 0; index < 3000; index++) wrong |= zeroed[index];
    data[700] = 1;
    zeroed[2999] = 1;
    if (!wrong) call(write_call, 1, (long)line, sizeof line - 1);
    call(exit_call, wrong != 0, 0, 0);
    for (;;) {}
}
