/// The program that asks a server for its health, in Go: for the standard library of Go 1.19 and later, on every Linux port.
enum HealthcheckSource {
    /// The files of its module.
    static let files = ["go.mod": "module healthcheck\n\ngo 1.19\n", "main.go": program + "\n"]

    static let program = #"""
        // Healthcheck asks a server of its own container whether it works, and ends with 0 if it does, or else with 1.
        //
        // Usage: healthcheck http://127.0.0.1:8080/healthz [30s], or tcp:8080. A status from 200 to 399 is an answer.
        //
        // It makes system calls itself: the package net would add half a megabyte, and look for the files of a resolver.
        package main

        import (
        	"os"
        	"strconv"
        	"strings"
        	"syscall"
        	"time"
        )

        func main() {
        	if len(os.Args) < 2 || len(os.Args) > 3 {
        		fail("usage: healthcheck http://127.0.0.1:8080/healthz [30s]")
        	}
        	limit := 30 * time.Second
        	if len(os.Args) == 3 {
        		given, err := time.ParseDuration(os.Args[2])
        		if err != nil || given <= 0 {
        			fail(os.Args[2] + " is not a time")
        		}
        		limit = given
        	}
        	// Calls that wait have a thread of their own, so this ends them all: connecting, writing and reading.
        	time.AfterFunc(limit, func() { fail("no answer within " + limit.String()) })
        	question := os.Args[1]
        	if strings.HasPrefix(question, "tcp:") {
        		connect("127.0.0.1", question[len("tcp:"):])
        		return
        	}
        	if !strings.HasPrefix(question, "http://") {
        		fail(question + " is not http://HOST:PORT/PATH or tcp:PORT")
        	}
        	authority, path := question[len("http://"):], "/"
        	if slash := strings.IndexByte(authority, '/'); slash >= 0 {
        		authority, path = authority[:slash], authority[slash:]
        	}
        	host, port := authority, "80"
        	if colon := strings.LastIndexByte(authority, ':'); colon > strings.LastIndexByte(authority, ']') {
        		host, port = authority[:colon], authority[colon+1:]
        	}
        	get(connect(host, port), authority, path)
        }

        func fail(reason string) {
        	os.Stderr.WriteString("healthcheck: " + reason + "\n")
        	os.Exit(1)
        }

        // connect connects to a port of the loopback interface.
        func connect(host, text string) int {
        	port, err := strconv.ParseUint(text, 10, 16)
        	if err != nil || port == 0 {
        		fail(text + " is not a port")
        	}
        	family, address := syscall.AF_INET, syscall.Sockaddr(nil)
        	switch host {
        	case "127.0.0.1", "localhost":
        		address = &syscall.SockaddrInet4{Port: int(port), Addr: [4]byte{127, 0, 0, 1}}
        	case "[::1]":
        		family = syscall.AF_INET6
        		address = &syscall.SockaddrInet6{Port: int(port), Addr: [16]byte{15: 1}}
        	default:
        		fail(host + " is not 127.0.0.1 or [::1]")
        	}
        	socket, err := syscall.Socket(family, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
        	if err == nil {
        		err = syscall.Connect(socket, address)
        	}
        	if err != nil {
        		fail(err.Error())
        	}
        	return socket
        }

        // get asks for a path and reads the first line of the answer (RFC 9112).
        func get(socket int, authority, path string) {
        	request := []byte("GET " + path + " HTTP/1.1\r\nHost: " + authority +
        		"\r\nUser-Agent: healthcheck\r\nAccept: */*\r\nConnection: close\r\n\r\n")
        	for len(request) > 0 {
        		count, err := syscall.Write(socket, request)
        		if err != nil && err != syscall.EINTR {
        			fail(err.Error())
        		}
        		if count > 0 {
        			request = request[count:]
        		}
        	}
        	var answer []byte
        	piece := make([]byte, 512)
        	for len(answer) < 4096 && strings.IndexByte(string(answer), '\n') < 0 {
        		count, err := syscall.Read(socket, piece)
        		if err == syscall.EINTR {
        			continue
        		}
        		if err != nil {
        			fail(err.Error())
        		}
        		if count == 0 {
        			break
        		}
        		answer = append(answer, piece[:count]...)
        	}
        	line := string(answer)
        	if end := strings.IndexAny(line, "\r\n"); end >= 0 {
        		line = line[:end]
        	} else {
        		fail("it answered, but not in HTTP")
        	}
        	words := strings.SplitN(line, " ", 3)
        	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/1.") || len(words[1]) != 3 {
        		fail("it answered, but not in HTTP")
        	}
        	status, err := strconv.Atoi(words[1])
        	if err != nil {
        		fail("it answered, but not in HTTP")
        	}
        	if status < 200 || status > 399 {
        		fail("it answered with status " + words[1])
        	}
        }
        """#
}
