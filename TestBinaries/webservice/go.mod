module example.com/webservice

go 1.18
