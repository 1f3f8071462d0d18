import Foundation
import TestSupport

/// A Go program that does the harm that its first argument names. What it writes begins with `escaped` if the harm reached
/// anything outside its container.
enum HostileProgram {
    /// What the program does until it is ended.
    static let acts = [
        "processes", "threads", "orphans", "chain", "memory", "memory-files", "shared-memory", "locked", "output",
        "one-line", "control", "silent", "kill", "escape", "devices", "mounts", "limits", "calls", "network",
        "inherited", "sleep", "fill", "names", "shared", "descriptors", "sockets", "pipe", "deaf", "stopped",
        "stopped-child", "exec", "crash", "abort", "lookups", "pointers", "busy", "lost",
    ]
    /// Answers to a probe over HTTP.
    static let answers = ["no-end", "long-head", "drip", "garbage", "close", "reset", "mute"]

    /// Each GOARCH's program, built once; nil if it does not build.
    static func path(_ goarch: String) -> String? { programs.path(goarch) }

    private static let programs = GoProgramFiles("hostile", ["main.go": main, "answer.go": answer])

    private static let main = #"""
        package main

        import (
        	"fmt"
        	"net"
        	"os"
        	"os/exec"
        	"os/signal"
        	"runtime"
        	"strings"
        	"syscall"
        	"time"
        	"unsafe"
        )

        // Numbers that package syscall does not have.
        var numbers = map[string]map[string]uintptr{
        	"amd64": {"memfd_create": 319, "shmget": 29, "shmat": 30, "io_uring_setup": 425, "bpf": 321, "perf_event_open": 298,
        		"userfaultfd": 323, "keyctl": 250, "open_by_handle_at": 304, "add_key": 248, "init_module": 175, "reboot": 169,
        		"kexec_load": 246, "swapon": 167, "settimeofday": 164, "sethostname": 170, "acct": 163, "setns": 308, "unshare": 272},
        	"arm64": {"memfd_create": 279, "shmget": 194, "shmat": 196, "io_uring_setup": 425, "bpf": 280, "perf_event_open": 241,
        		"userfaultfd": 282, "keyctl": 219, "open_by_handle_at": 265, "add_key": 217, "init_module": 105, "reboot": 142,
        		"kexec_load": 104, "swapon": 224, "settimeofday": 170, "sethostname": 161, "acct": 89, "setns": 268, "unshare": 97},
        }[runtime.GOARCH]

        func wait() { time.Sleep(time.Hour) }

        func touch(piece []byte) {
        	for index := 0; index < len(piece); index += 4096 {
        		piece[index] = 1
        	}
        }

        func again(words ...string) *exec.Cmd { return exec.Command("/proc/self/exe", words...) }

        // report says that a call succeeded that must not.
        func report(name string, err error) {
        	if err == nil {
        		fmt.Println("escaped:", name)
        	}
        }

        func main() {
        	act := os.Args[1]
        	if serve(act) {
        		return
        	}
        	switch act {
        	case "processes":
        		for {
        			again(act).Start()
        		}
        	case "threads":
        		for {
        			go func() {
        				runtime.LockOSThread()
        				wait()
        			}()
        			runtime.Gosched()
        		}
        	case "orphans":
        		for index := 0; index < 20; index++ {
        			child := again("deaf")
        			child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
        			child.Start()
        		}
        	case "chain":
        		time.Sleep(time.Millisecond)
        		child := again(act)
        		child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
        		child.Start()
        		if os.Getpid() == 1 {
        			wait()
        		}
        	case "memory":
        		var kept [][]byte
        		for {
        			kept = append(kept, make([]byte, 64<<20))
        			touch(kept[len(kept)-1])
        		}
        	case "memory-files":
        		block := make([]byte, 1<<20)
        		for {
        			name := [2]byte{'x', 0}
        			file, _, failure := syscall.Syscall(numbers["memfd_create"], uintptr(unsafe.Pointer(&name)), 0, 0)
        			if failure != 0 {
        				wait()
        			}
        			for count := 0; count < 256; count++ {
        				syscall.Write(int(file), block)
        			}
        		}
        	case "shared-memory":
        		for {
        			segment, _, failure := syscall.Syscall(numbers["shmget"], 0, 64<<20, 0o1600)
        			if failure != 0 {
        				wait()
        			}
        			address, _, failure := syscall.Syscall(numbers["shmat"], segment, 0, 0)
        			if failure == 0 {
        				syscall.Syscall(syscall.SYS_MADVISE, address, 64<<20, 23) // MADV_POPULATE_WRITE
        				syscall.Syscall(map[string]uintptr{"amd64": 67, "arm64": 197}[runtime.GOARCH], address, 0, 0)
        			}
        		}
        	case "locked":
        		syscall.Mlockall(3)
        		touch(make([]byte, 256<<20))
        		syscall.Setpriority(0, 0, -20)
        		for {
        		}
        	case "output":
        		for {
        			fmt.Println(strings.Repeat("x", 4096))
        		}
        	case "one-line":
        		for {
        			os.Stderr.WriteString(strings.Repeat("x", 1<<20))
        		}
        	case "control":
        		fmt.Print("\x1b]0;title\a\x1b[2J\x1b[31m\r\x00\xff\xfe\u202e\u2028 end\n")
        		os.Exit(3)
        	case "silent":
        		os.Stdout.Close()
        		os.Stderr.Close()
        		syscall.Close(1)
        		syscall.Close(2)
        		wait()
        	case "kill":
        		syscall.Kill(os.Getppid(), syscall.SIGKILL)
        		syscall.Kill(-1, syscall.SIGKILL)
        		for number := 2; number < 100000; number++ {
        			syscall.Kill(number, syscall.SIGKILL)
        		}
        	case "escape":
        		report("chroot", syscall.Chroot("."))
        		report("setuid", func() error {
        			if os.Getuid() == 0 {
        				return os.ErrExist
        			}
        			return syscall.Setuid(0)
        		}())
        		for _, name := range []string{"/proc/1/root/etc/hostname", "/../../../etc/hostname", "/link/hostname", "/proc/1/cwd/etc/hostname"} {
        			_, err := os.ReadFile(name)
        			report(name, err)
        		}
        		os.Symlink("../../../../../../etc", "/tmp/link")
        		_, err := os.ReadFile("/tmp/link/hostname")
        		report("/tmp/link", err)
        		report("ptrace", syscall.PtraceAttach(os.Getppid()))
        	case "devices":
        		for number := 0; number < 300; number++ {
        			name := fmt.Sprint("/tmp/device", number)
        			if syscall.Mknod(name, syscall.S_IFBLK|0o666, number<<8) == nil {
        				_, err := os.Open(name)
        				report(name, err)
        			}
        		}
        		for _, name := range []string{"/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/fuse", "/dev/kvm", "/proc/kcore"} {
        			_, err := os.Open(name)
        			report(name, err)
        		}
        		for _, name := range []string{"/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches", "/proc/sys/kernel/hostname", "/proc/1/oom_score_adj"} {
        			err := os.WriteFile(name, []byte("-1"), 0)
        			report(name, err)
        		}
        	case "mounts":
        		report("mount", syscall.Mount("x", "/tmp", "tmpfs", 0, ""))
        		report("remount", syscall.Mount("", "/", "", syscall.MS_REMOUNT, ""))
        		report("bind", syscall.Mount("/proc", "/tmp", "", syscall.MS_BIND, ""))
        		report("unmount", syscall.Unmount("/proc", syscall.MNT_DETACH))
        		report("pivot", syscall.PivotRoot("/", "/tmp"))
        		report("write", os.WriteFile("/new", nil, 0o600))
        		report("own", os.WriteFile(os.Args[0], nil, 0o600))
        	case "limits":
        		for resource := 0; resource < 16; resource++ {
        			// An emulator keeps three of them to itself: those of data, stack and address space.
        			if runtime.GOARCH != "amd64" && (resource == 2 || resource == 3 || resource == 9) {
        				continue
        			}
        			var limit syscall.Rlimit
        			syscall.Getrlimit(resource, &limit)
        			if limit.Max != ^uint64(0) {
        				limit.Max++
        				report(fmt.Sprint("limit ", resource), syscall.Setrlimit(resource, &limit))
        			}
        		}
        		report("priority", syscall.Setpriority(0, 0, -20))
        	case "calls":
        		for name, number := range numbers {
        			switch name {
        			case "memfd_create", "shmget", "shmat", "io_uring_setup", "perf_event_open", "userfaultfd", "keyctl", "add_key", "unshare":
        				syscall.Syscall6(number, 0, 0, 0, 0, 0, 0)
        			default:
        				word := [64]byte{'x'}
        				_, _, failure := syscall.Syscall6(number, uintptr(unsafe.Pointer(&word)), 1, 0, 0, 0, 0)
        				if failure == 0 {
        					fmt.Println("escaped:", name)
        				}
        			}
        		}
        	case "network":
        		addresses, _ := net.InterfaceAddrs()
        		for _, address := range addresses {
        			if !strings.HasPrefix(address.String(), "127.") && !strings.HasPrefix(address.String(), "::1") {
        				fmt.Println("escaped:", address)
        			}
        		}
        		_, err := net.DialTimeout("tcp", "192.0.2.1:80", 100*time.Millisecond)
        		report("dial", err)
        		_, err = net.Dial("unix", "@/tmp/.X11-unix/X0")
        		report("abstract socket", err)
        		_, err = net.Listen("tcp", ":80")
        		if err == nil {
        			wait()
        		}
        	case "inherited":
        		entries, _ := os.ReadDir("/proc/self/fd")
        		for _, entry := range entries {
        			target, _ := os.Readlink("/proc/self/fd/" + entry.Name())
        			if strings.HasPrefix(target, "/") && target != "/dev/null" && !strings.HasPrefix(target, "/proc/") && !strings.HasSuffix(target, "-static") {
        				fmt.Println("escaped:", entry.Name(), target)
        			}
        		}
        	case "sleep":
        		wait()
        	case "fill", "shared":
        		for number := 0; ; number++ {
        			file, err := os.Create(fmt.Sprint(map[string]string{"fill": "/tmp/", "shared": "/dev/shm/"}[act], number))
        			if err != nil {
        				wait()
        			}
        			for err == nil {
        				_, err = file.Write(make([]byte, 1<<20))
        			}
        		}
        	case "names":
        		for number := 0; ; number++ {
        			name := fmt.Sprint("/tmp/", strings.Repeat("n", 200), number)
        			if os.WriteFile(name, nil, 0o600) != nil {
        				wait()
        			}
        			os.Symlink(strings.Repeat("t", 4000), name+"l")
        		}
        	case "descriptors":
        		for {
        			if _, _, err := os.Pipe(); err != nil {
        				wait()
        			}
        		}
        	case "sockets":
        		for {
        			pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_DGRAM|syscall.SOCK_NONBLOCK, 0)
        			for err == nil {
        				_, err = syscall.Write(pair[0], make([]byte, 32<<10))
        			}
        			if err != syscall.EAGAIN {
        				wait()
        			}
        		}
        	case "pipe":
        		syscall.Mkfifo("/tmp/pipe", 0o600)
        		os.Open("/tmp/pipe")
        	case "deaf":
        		signal.Ignore()
        		wait()
        	case "stopped":
        		for {
        			syscall.Kill(os.Getpid(), syscall.SIGSTOP)
        			syscall.Kill(0, syscall.SIGSTOP)
        		}
        	case "stopped-child":
        		child := again("sleep")
        		child.Start()
        		child.Process.Signal(syscall.SIGSTOP)
        		child.Wait()
        	case "exec":
        		syscall.Exec("/proc/self/exe", []string{"x", act}, nil)
        		syscall.Exec(os.Args[0], []string{os.Args[0], act}, nil)
        	case "crash":
        		*(*int)(unsafe.Pointer(uintptr(8))) = 1
        	case "abort":
        		for index := 0; index < 50; index++ {
        			again("crash").Run()
        		}
        		syscall.Kill(os.Getpid(), syscall.SIGABRT)
        		syscall.Kill(os.Getpid(), syscall.SIGKILL)
        	case "lookups":
        		for number := 0; ; number++ {
        			os.Open(fmt.Sprint("/tmp/../absent\x1b[31m\n", strings.Repeat("x/", number%2000), number))
        		}
        	case "pointers":
        		for address := uintptr(1); ; address = address*3 + 1 {
        			syscall.Syscall6(syscall.SYS_OPENAT, address, address, address, address, 0, 0)
        		}
        	case "busy":
        		for index := 0; index < 64; index++ {
        			go func() {
        				for {
        				}
        			}()
        		}
        		for {
        		}
        	case "lost":
        		os.Remove(os.Args[0])
        		os.Chdir("/tmp")
        		os.Mkdir("/tmp/gone", 0o700)
        		os.Chdir("/tmp/gone")
        		os.Remove("/tmp/gone")
        		_, err := os.Open("absent")
        		fmt.Println(err)
        	}
        }
        """#

    private static let answer = #"""
        package main

        import (
        	"bufio"
        	"net"
        	"strings"
        	"time"
        )

        // serve answers everybody at port 8080 in an odd way; false if the act is no answer.
        func serve(act string) bool {
        	answers := map[string]func(net.Conn){
        		"no-end": func(c net.Conn) {
        			c.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
        			for {
        				if _, err := c.Write(make([]byte, 1<<16)); err != nil {
        					return
        				}
        			}
        		},
        		"long-head": func(c net.Conn) {
        			c.Write([]byte("HTTP/1.1 200 OK\r\nX: "))
        			for {
        				if _, err := c.Write([]byte(strings.Repeat("x", 1<<16))); err != nil {
        					return
        				}
        			}
        		},
        		"drip": func(c net.Conn) {
        			for {
        				if _, err := c.Write([]byte("H")); err != nil {
        					return
        				}
        				time.Sleep(50 * time.Millisecond)
        			}
        		},
        		"garbage": func(c net.Conn) { c.Write([]byte("\x00\xff\x1b[31mHTTP/9.9 -200 \r\n\r\n")) },
        		"close":   func(c net.Conn) {},
        		"reset":   func(c net.Conn) { c.(*net.TCPConn).SetLinger(0) },
        		"mute":    func(c net.Conn) { time.Sleep(time.Hour) },
        	}
        	reply, ok := answers[act]
        	if !ok {
        		return false
        	}
        	listener, err := net.Listen("tcp", "127.0.0.1:8080")
        	if err != nil {
        		panic(err)
        	}
        	for {
        		connection, err := listener.Accept()
        		if err != nil {
        			panic(err)
        		}
        		go func() {
        			defer connection.Close()
        			bufio.NewReader(connection).ReadString('\n')
        			reply(connection)
        		}()
        	}
        }
        """#
}
